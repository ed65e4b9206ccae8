/* pieces - memory for SQLite; for src/store/store.c alone. */
#ifndef LINGTAN_STORE_PIECES_H
#define LINGTAN_STORE_PIECES_H

/* Gives SQLite small pieces from what it let go of before; nothing happens where it runs already. */
void pieces_install(void);

#endif
