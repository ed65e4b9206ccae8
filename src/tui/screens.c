/* What opens what: the start, coming back to a place, going from screen to screen. */
#include "screens.h"

#include <string.h>
#include "path.h"

/* Pages that the go-to menu and the overview lead to. */
static const struct page {
	int digit; /* the same everywhere; -1 = none */
	struct label title, detail;
	void (*open)(struct workbench *bench); /* NULL: the overview, which lies below all */
} pages[] = {
	{ 0,
	  { "总览", "Overview" },
	  { "总分、板块、待办", "total, sections, what is left" },
	  NULL },
	{ 1, { "逐项", "Items" }, { "逐项作答，挂佐证", "answer item by item" }, walk_resume },
	{ 2,
	  { "盘查", "Inventory" },
	  { "排放、吸收、抵消，边填边算", "emissions, absorption, offsets" },
	  inventory_open_screen },
	{ 3,
	  { "结果", "Result" },
	  { "加权得分、差距、试算", "points by weight, gap, what if" },
	  result_open },
	{ 4,
	  { "复核", "Review" },
	  { "两个层级逐条对照，处置", "two rungs side by side, and what is done" },
	  review_open },
	{ 5,
	  { "证书", "Certificate" },
	  { "出证条件、签署、样张、发证、登记", "readiness, signatures, specimen, issue, register" },
	  certificate_open },
	{ -1,
	  { "委托", "Engagement" },
	  { "谁申请、依据、受理、评价组", "who asked, criteria, acceptance, team" },
	  engagement_open },
	{ -1,
	  { "资料", "Materials" },
	  { "向园区要的资料，谁欠何时交", "what was asked of the park, who owes it" },
	  material_open },
	{ -1,
	  { "地点", "Places" },
	  { "企业、建筑、计量器具，抽样", "tenants, buildings, meters, samples" },
	  places_open },
	{ -1,
	  { "计划", "Plan" },
	  { "现场停留点、时间、人员、冲突", "stops of the visit, times, people, conflicts" },
	  plan_open },
	{ -1,
	  { "覆盖", "Coverage" },
	  { "文件与现场结论，漏下的条款、样本、记录", "verdicts, what the visit has left out" },
	  coverage_open },
	{ -1,
	  { "照片", "Photos" },
	  { "哪一站拍的，拍的哪里", "at which stop, of which place" },
	  photos_open },
	{ -1,
	  { "复核要点", "Points" },
	  { "技术复核逐项看过程，意见答复关闭", "the technical review, point by point" },
	  points_open },
	{ -1,
	  { "记一笔", "Note" },
	  { "现场先记，以后归条款（Ctrl-N）", "written now, filed later (Ctrl-N)" },
	  note_ask },
	{ -1,
	  { "表单", "Forms" },
	  { "签到表、不符合项报告等，打印后签字", "forms to print and sign" },
	  paper_open_list },
	{ -1,
	  { "导出", "Export" },
	  { "报告、工作簿、数据、佐证包", "reports, workbook, data, evidence" },
	  export_open },
	{ -1,
	  { "日志", "Journal" },
	  { "谁在何时改了什么", "who changed what and when" },
	  log_open },
	{ 6,
	  { "导入", "Import" },
	  { "自评表、答题单，先看再写", "a sheet, looked at first" },
	  import_open },
	{ 7,
	  { "园区", "Park" },
	  { "名称、边界、用地、联系人", "name, boundary, land use, contact" },
	  park_open },
	{ 8,
	  { "人员", "People" },
	  { "谁参加，各是什么角色", "who takes part, in which role" },
	  people_open },
	{ 9,
	  { "数据", "Figures" },
	  { "指标要的各年数据", "figures of the year" },
	  quantities_open },
	{ -1,
	  { "参数集", "Profile" },
	  { "本机构的分值、分档、权重", "the body's own points, tiers, weights" },
	  profile_open },
	{ -1,
	  { "收件", "Inbox" },
	  { "一个文件夹里的照片和文件，看过再挂", "photos and files of a folder, seen, then attached" },
	  inbox_open },
	{ -1,
	  { "设置", "Settings" },
	  { "本项目怎样保存", "how this project is kept" },
	  settings_open },
	{ -1,
	  { "标准库", "Standards" },
	  { "标准、版本、尚缺的数值", "editions and what they lack" },
	  standards_open },
};
#define N_PAGES (sizeof(pages) / sizeof(pages[0]))

static const struct page *find_page(unsigned digit)
{
	for (unsigned i = 0; i < N_PAGES; i++)
		if (pages[i].digit == (int)digit)
			return &pages[i];
	return NULL;
}

static void open_page(struct workbench *bench, const struct page *page)
{
	workbench_pop_all(bench);
	if (page->open)
		page->open(bench);
}

bool page_open(struct workbench *bench, unsigned digit)
{
	const struct page *page = find_page(digit);
	if (page)
		open_page(bench, page);
	return page != NULL;
}

static void go_chosen(struct workbench *bench, void *context, unsigned number)
{
	(void)context;
	if (number < N_PAGES)
		open_page(bench, &pages[number]);
}

void go_open(struct workbench *bench)
{
	struct menu_row rows[N_PAGES];
	for (unsigned i = 0; i < N_PAGES; i++)
		rows[i] = (struct menu_row){ .digit = pages[i].digit,
					     .title = label_of(bench, &pages[i].title),
					     .detail = label_of(bench, &pages[i].detail) };
	menu_open(bench, tell(bench, "转到", "Go to"), rows, N_PAGES, 0, go_chosen, NULL);
}

bool typed_path(struct workbench *bench, const char *text, char out[PATH_TEXT])
{
	struct lt_err err = LT_ERR_INIT;
	if (path_expand(text, out))
		return true;
	path_too_long(&err);
	workbench_tell_err(bench, &err);
	return false;
}

void preview_header(const struct workbench *bench, const struct canvas *row, const char *path)
{
	const char *state = tell(bench, "预览，尚未写入", "preview, nothing written");
	const int room = row->cols - text_columns(state) - 4;
	draw_path(row, 0, 1, room, INK_TITLE, path_name(path));
	draw_right(row, 0, row->cols - 1, INK_WARN, state);
}

void screens_resume(struct workbench *bench, const struct place *place)
{
	static const struct {
		const char *screen;
		void (*open)(struct workbench *bench);
	} kept[] = { { "walk", walk_resume },
		     { "result", result_open },
		     { "explain", explain_resume },
		     { "review", review_open },
		     { "inbox", inbox_open },
		     { "plan", plan_open },
		     { "coverage", coverage_open } };
	overview_open(bench);
	for (size_t i = 0; place->screen && i < sizeof(kept) / sizeof(kept[0]); i++)
		if (strcmp(place->screen, kept[i].screen) == 0)
			kept[i].open(bench);
}
