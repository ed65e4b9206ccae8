/* cores - how many threads are worth starting. */
#ifndef LINGTAN_BASE_CORES_H
#define LINGTAN_BASE_CORES_H

/* Processors that this program may run on, from 1 to most. */
unsigned lt_cores(unsigned most);

#endif
