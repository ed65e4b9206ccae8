"""Small files for tests: photos and a PDF, made here."""
import base64
import struct
import zlib

# 8 x 16, the upper half red, the lower one blue
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09P"
    "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAQAAgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAFBABAAAAAAAAAAAAAAAAAAAA"
    "AP/EABQBAQAAAAAAAAAAAAAAAAAAAAX/xAAZEQACAwEAAAAAAAAAAAAAAAAAFmOi4eL/2gAMAwEAAhEDEQA/AM+IQYU5q9DzNFbD/9k=")


def png(width, height, colour):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    rows = b"".join(b"\0" + bytes(colour(x, y)[c] for x in range(width) for c in range(3)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pdf(content, n_pages=2):
    kids = " ".join("%d 0 R" % (5 + i) for i in range(n_pages))
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[%s]/Count %d>>" % (kids, n_pages), "<</Length %d>>stream\n%s\nendstream" % (len(content), content),
             "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    parts += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"] * n_pages
    return ("%PDF-1.4\n" + "".join("%d 0 obj%sendobj\n" % (i + 1, p) for i, p in enumerate(parts)) + "trailer<</Root 1 0 R/Size %d>>\n" % (len(parts) + 1)).encode()
