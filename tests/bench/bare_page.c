/* What cairo and pango alone take for the same page: its frame, two weights of one font, some thirty
 * lines in a few sizes, a code. Usage: bare_page OUT.pdf */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include "sheet.h"

static void line(cairo_t *cr, PangoLayout *layout, const char *font, const char *text, double x, double y)
{
	PangoFontDescription *description = pango_font_description_from_string(font);
	pango_layout_set_font_description(layout, description);
	pango_layout_set_text(layout, text, -1);
	cairo_move_to(cr, x, y);
	pango_cairo_show_layout(cr, layout);
	pango_font_description_free(description);
}

int main(int argc, char **argv)
{
	static const char *const texts[] = {
		"示例园区·云澜湾先进制造产业园", "兹证明经第三方评价，符合《智慧零碳园区评价标准》的要求，认定为", "管理机构", "地址与边界",
		"认定类别", "园区类型", "评价依据", "评价阶段", "评价结果", "碳排放平衡", "实现零碳的时间段", "认定年份", "下次监督",
		"生产制造", "T/CSUS 66-2023《智慧零碳园区评价标准》", "实施运管，2025 年度", "总分 89.65", "2025-01-01 至 2025-12-31",
		"排放 68,336.41  吸收 1,740.00  抵消 66,597.00  净 -0.59  tCO2", "不迟于 2027-03-30", "签发人", "颁证日期", "盖章处",
		"扫码所得文字可离线查验", "查验：lingtan verify，或查验页 verify.html；是否仍有效以机构的状态表为准", "分值或参数是示例值；不得作为证书"
	};
	cairo_surface_t *surface = cairo_pdf_surface_create(argc > 1 ? argv[1] : "/dev/null", 595.276, 841.89);
	cairo_t *cr = cairo_create(surface);
	PangoLayout *layout = pango_cairo_create_layout(cr);
	struct sheet sheet = { .cr = cr };
	const struct frame_inks inks = { { 0.04, 0.36, 0.29 }, { 0.66, 0.53, 0.23 } };
	frame_draw(&sheet, &inks);
	frame_emblem(&sheet, 297, 98, 23, &inks);
	line(cr, layout, "Noto Serif CJK SC Bold 25", "智慧零碳园区证书", 90, 120);
	line(cr, layout, "Noto Serif CJK SC Bold 19", "智慧零碳园区", 90, 170);
	line(cr, layout, "Noto Serif CJK SC Bold 110", "样张", 90, 300);
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		line(cr, layout, i % 3 ? "Noto Serif CJK SC 8.6" : i % 2 ? "Noto Serif CJK SC 9.4" : "Noto Serif CJK SC 5",
		     texts[i], 60, 200 + 22 * i);
	QRcode *code = QRcode_encodeString("LT1PGB52UFUM32CCB6XMIVTJKQVT7JPAU6YNY3V5D5W6NHYY43UBK5NTQKWRYWHFIZER4XMIEFZ7NILLUX22L4LYH6RQ7O2BL7NVHB6MBLXNUSAWDDHLIOVR6HC3UHJ7VTNOMFOPJF24S7IXZM3VXSYZOWCW7SLVEPGX2OONON64WCYR2F7TPSYRNXJQCQOJOVH4S4JVZM3VUFONGN242C2P2M3W3T2FM7FTOW6LDF2BJKC6Q2TKVJSANRWFUZDAMRTBIZDAMRVBIZDAMRWFUYDGLJTGAFA", 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	for (int i = 0; code && i < code->width * code->width; i++)
		if (code->data[i] & 1)
			cairo_rectangle(cr, 400 + i % code->width * 1.6, 650 + i / code->width * 1.6, 1.6, 1.6);
	cairo_fill(cr);
	g_object_unref(layout);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return code ? 0 : 1;
}
