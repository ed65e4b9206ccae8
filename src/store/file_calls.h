/* file_calls - two of the calls by which SQLite reaches its files, done our way: see write_out.h and
 * folder_flush.h. Where SQLite's files do not let them in, everything is as it was. */
#ifndef LINGTAN_STORE_FILE_CALLS_H
#define LINGTAN_STORE_FILE_CALLS_H

/* From now on, for all connections; as often as wished, from any thread. */
void file_calls_install(void);

#endif
