/* passphrase - how a passphrase reaches the program; for src/cli alone. */
#ifndef LINGTAN_CLI_PASSPHRASE_H
#define LINGTAN_CLI_PASSPHRASE_H

#include "command.h"

/**
 * read_passphrase - the first line of --passphrase-file, or of the descriptor --passphrase-fd, else
 * asked on the terminal without echo; twice with `again`. Overwrite it with lt_forget(). Errors:
 * LT_EUSAGE (there is no terminal to ask on, or the two differ), LT_EFILE.
 */
enum lt_status read_passphrase(struct invocation *in, const char *person, bool again,
			       char out[LT_PASSPHRASE_MOST]);

/* DATA/lingtan/keys; NULL where neither XDG_DATA_HOME nor HOME is known. */
const char *keys_folder(struct invocation *in);

/**
 * unlock_key - the key of a person (or --key), where it was asked for by --sign or a passphrase was
 * offered; entries are signed from then on. Where it was only offered by the environment, a person
 * without a key is no error. Errors: as key_file_find(), workspace_unlock(), read_passphrase().
 */
enum lt_status unlock_key(struct invocation *in, const char *person);

#endif
