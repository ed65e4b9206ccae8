/* The file of a certificate and the detached signature beside it. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/certificate.h"
#include "lingtan/base/minisign.h"

#define MOST_PATH 4096

static enum lt_status lay_ready(struct lt_file_out *file, const char *path, bool replace,
				const void *bytes, size_t len, struct lt_err *err)
{
	enum lt_status status = lt_file_begin(file, path, replace, err);
	return status ? status : lt_file_add(file, bytes, len, err);
}

static enum lt_status lay_signature(struct certificate_files *files,
				    const struct certificate *certificate, const void *bytes,
				    size_t len, struct lt_err *err)
{
	char signature[LT_MINISIGN_SIGNATURE], comment[200], beside[MOST_PATH];
	const char *number = certificate->at[CERT_NUMBER];
	const int n = snprintf(beside, sizeof(beside), "%s.minisig", files->path);
	if (n < 0 || (size_t)n >= sizeof(beside))
		return lt_err_set(err, LT_ESPACE, "文件的路径过长；请换一个短的",
				  "the path of the file is too long; choose a shorter one");
	snprintf(comment, sizeof(comment), "lingtan %s %.60s %s", certificate->at[CERT_KIND],
		 number ? number : "", certificate->at[CERT_ISSUED]);
	lt_minisign_sign(files->key, bytes, len, comment, signature);
	return lay_ready(&files->signature, beside, files->replace, signature, strlen(signature),
			 err);
}

enum lt_status certificate_files_begin(struct certificate_files *files, const char *path,
				       bool replace, const struct lt_key *key,
				       const struct certificate *certificate, const void *bytes,
				       size_t len, struct lt_err *err)
{
	*files = (struct certificate_files){ .path = path,
					     .replace = replace,
					     .key = key,
					     .file = { .fd = -1 },
					     .signature = { .fd = -1 } };
	enum lt_status status =
		key ? lay_signature(files, certificate, bytes, len, err) : LT_OK;
	return status ? status : lay_ready(&files->file, path, replace, bytes, len, err);
}

enum lt_status certificate_files_finish(struct certificate_files *files, struct lt_err *err)
{
	/* the signature first, so that no file is ever without it */
	enum lt_status status = files->key ? lt_file_finish(&files->signature, err) : LT_OK;
	return status ? status : lt_file_finish(&files->file, err);
}

void certificate_files_abandon(struct certificate_files *files)
{
	lt_file_abandon(&files->file);
	lt_file_abandon(&files->signature);
}

enum lt_status certificate_write(const char *path, bool replace, const struct lt_key *key,
				 const struct certificate *certificate, const void *bytes,
				 size_t len, struct lt_err *err)
{
	struct certificate_files files;
	enum lt_status status = certificate_files_begin(&files, path, replace, key, certificate,
							bytes, len, err);
	if (!status)
		status = certificate_files_finish(&files, err);
	certificate_files_abandon(&files);
	return status;
}
