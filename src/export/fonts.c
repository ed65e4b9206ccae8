#include "lingtan/export/fonts.h"

#include <fontconfig/fontconfig.h>

enum lt_status fonts_print(int fd, FILE *out, struct lt_err *err)
{
	FcPattern *wanted = FcNameParse((const FcChar8 *)":lang=zh-cn");
	FcObjectSet *told = FcObjectSetBuild(FC_FAMILY, (char *)0);
	FcFontSet *found = wanted && told ? FcFontList(NULL, wanted, told) : NULL;
	FcChar8 *family = NULL;
	(void)fd;
	if (found && found->nfont > 0)
		FcPatternGetString(found->fonts[0], FC_FAMILY, 0, &family);
	fprintf(out, "%s\n", family ? (const char *)family : "");
	if (told)
		FcObjectSetDestroy(told);
	if (wanted)
		FcPatternDestroy(wanted);
	if (!found)
		return lt_err_memory(err);
	FcFontSetDestroy(found);
	return LT_OK;
}
