/* write_out - pages on their way to the disk while others are still computed: without it all of a photo
 * waits for the flush at the end of its transaction, which then takes as long as the disk takes for 3 MB.
 *
 * It is a hint to the kernel and nothing else: order, errors and flushes of the writes are SQLite's own.
 */
#ifndef LINGTAN_STORE_WRITE_OUT_H
#define LINGTAN_STORE_WRITE_OUT_H

/* From now on runs of consecutive writes of any connection are sent out as they grow; as often as wished,
 * from any thread. Where SQLite's files do not let it in, everything is as it was. */
void write_out_early(void);

#endif
