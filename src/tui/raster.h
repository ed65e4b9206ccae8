/* raster - a small picture in cells: half blocks in 256 colours, else signs by their darkness. */
#ifndef LINGTAN_TUI_RASTER_H
#define LINGTAN_TUI_RASTER_H

#include "draw.h"
#include "lingtan/app/preview.h"

/* As large as it fits with its sides as they are, from the top left; returns the rows it takes. */
int raster_draw(const struct canvas *canvas, const struct preview *picture);

#endif
