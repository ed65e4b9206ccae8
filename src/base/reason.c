#include "lingtan/base/reason.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct reason {
	int code;
	const char *text[LT_N_LANGS];
} reasons[] = {
	{ ENOENT, { "没有这个文件或文件夹", "no such file or folder" } },
	{ EACCES, { "没有权限", "permission denied" } },
	{ EPERM, { "系统不允许", "the system does not allow it" } },
	{ EROFS, { "所在的磁盘是只读的", "its disk is read-only" } },
	{ ENOSPC, { "磁盘已满", "the disk is full" } },
	{ EDQUOT, { "磁盘配额已用完", "the disk quota is used up" } },
	{ EFBIG, { "超过允许的文件大小", "larger than a file may be" } },
	{ EISDIR, { "这是文件夹", "it is a folder" } },
	{ ENOTDIR, { "路径中有一段不是文件夹", "a part of the path is no folder" } },
	{ ELOOP, { "符号链接成环，或这里不能是链接", "symbolic links in a circle, or a link where none may be" } },
	{ ENAMETOOLONG, { "名字太长", "the name is too long" } },
	{ EEXIST, { "已有同名的", "there is one of that name" } },
	{ EMFILE, { "本程序打开的文件太多", "this program has too many files open" } },
	{ ENFILE, { "系统打开的文件太多", "the system has too many files open" } },
	{ EIO, { "读写磁盘出错", "the disk could not be read or written" } },
	{ EBUSY, { "正被占用", "it is in use" } },
	{ ETXTBSY, { "它是正在运行的程序", "it is a program that is running" } },
	{ ENXIO, { "没有这个设备", "no such device" } },
	{ ENODEV, { "没有这个设备", "no such device" } },
	{ ENOMEM, { "内存不足", "out of memory" } },
	{ ENOEXEC, { "不是可以运行的程序", "it is no program that can be run" } },
	{ EINVAL, { "系统不接受", "the system does not accept it" } },
};

const char *lt_reason(int code, enum lt_lang lang)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].code == code)
			return reasons[i].text[lang];
	return strerror(code);
}

enum lt_status lt_err_because(struct lt_err *err, enum lt_status status, int code, const char *zh,
			      const char *en, ...)
{
	/* what is longer is cut by lt_err_set(), at a character */
	char text[LT_N_LANGS][LT_ERR_TEXT + 4], why[LT_N_LANGS][LT_ERR_TEXT];
	va_list args, again;
	if (err->status != LT_OK)
		return status;
	va_start(args, en);
	va_copy(again, args);
	vsnprintf(text[LT_ZH], sizeof(text[LT_ZH]), zh, args);
	vsnprintf(text[LT_EN], sizeof(text[LT_EN]), en, again);
	va_end(again);
	va_end(args);
	lt_err_set(err, status, "%s%.0s", "%.0s%s", text[LT_ZH], text[LT_EN]);
	snprintf(why[LT_ZH], sizeof(why[LT_ZH]), "（%s）", lt_reason(code, LT_ZH));
	snprintf(why[LT_EN], sizeof(why[LT_EN]), " (%s)", lt_reason(code, LT_EN));
	lt_err_suffix(err, why[LT_ZH], why[LT_EN]);
	return status;
}
