#include "sheet_words.h"

#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/load/sheet.h"

/* The titles of a key, separated by spaces; the keys themselves are always good. */
struct title {
	enum table_kind kind;
	const char *key, *titles;
};

static const struct title titles[] = {
	{ TABLE_HEAD, "rung", "层级" },
	{ TABLE_HEAD, "assessment", "评价 评价对象 标准" },
	{ TABLE_HEAD, "park", "园区 园区名称" },
	{ TABLE_HEAD, "park_type", "园区类型" },
	{ TABLE_HEAD, "place", "地点 所在地" },
	{ TABLE_HEAD, "note", "说明" },
	{ TABLE_HEAD, "owner", "责任人" },

	{ TABLE_ANSWERS, "item", "条款 条款号 条文 条文号 编号" },
	{ TABLE_ANSWERS, "result", "结论 结果 评价结论 评价结果" },
	{ TABLE_ANSWERS, "points", "得分 评分" },
	{ TABLE_ANSWERS, "na", "不适用原因 不适用 不参评原因" },
	{ TABLE_ANSWERS, "reason", "原因说明 不适用说明" },
	{ TABLE_ANSWERS, "tier", "档次 档" },
	{ TABLE_ANSWERS, "checks", "检查点 检查项" },
	{ TABLE_ANSWERS, "remark", "备注 评语 评价说明" },
	{ TABLE_ANSWERS, "evidence", "佐证 佐证材料 证明材料" },
	{ TABLE_ANSWERS, "locator", "定位 页码 位置" },

	{ TABLE_QUANTITIES, "id", "指标 指标号 标识 编号" },
	{ TABLE_QUANTITIES, "value", "数值 值 指标值" },
	{ TABLE_QUANTITIES, "unit", "单位 计量单位" },
	{ TABLE_QUANTITIES, "year", "年份 年度 年" },
	{ TABLE_QUANTITIES, "na", "不适用原因 不适用" },
	{ TABLE_QUANTITIES, "reason", "原因说明 不适用说明" },
	{ TABLE_QUANTITIES, "source", "来源 数据来源 出处" },

	{ TABLE_INVENTORY, "id", "标识 编号" },
	{ TABLE_INVENTORY, "year", "年份 年度 年" },
	{ TABLE_INVENTORY, "kind", "类别 类型" },
	{ TABLE_INVENTORY, "scope", "范围 排放范围" },
	{ TABLE_INVENTORY, "system", "系统" },
	{ TABLE_INVENTORY, "source", "排放源 来源" },
	{ TABLE_INVENTORY, "activity", "活动量 活动数据 活动水平 消耗量" },
	{ TABLE_INVENTORY, "unit", "单位 计量单位" },
	{ TABLE_INVENTORY, "factor", "因子 排放因子" },
	{ TABLE_INVENTORY, "factor_value", "因子值 因子数值 排放因子值" },
	{ TABLE_INVENTORY, "factor_unit", "因子单位 排放因子单位" },
	{ TABLE_INVENTORY, "note", "备注 说明 出处 因子来源" },
	{ TABLE_INVENTORY, "name", "名称 明细名称 设施 设备" },
	{ TABLE_INVENTORY, "place", "地点 场所 企业 企业名称 租户 tenant" },
	{ TABLE_INVENTORY, "meter", "计量器具 表号 器具编号" },
	{ TABLE_INVENTORY, "gas", "气体 温室气体" },
	{ TABLE_INVENTORY, "biogenic", "生物源" },
	{ TABLE_INVENTORY, "quality", "数据质量 质量" },
	{ TABLE_INVENTORY, "flow", "能源流向 流向" },
	{ TABLE_INVENTORY, "carrier", "电或热 载能体" },
	{ TABLE_INVENTORY, "attributes", "环境权益" },
	{ TABLE_INVENTORY, "purpose", "用途" },
	{ TABLE_INVENTORY, "accounts", "计入口径 口径" },
	{ TABLE_INVENTORY, "terminal", "在线监测" },
	{ TABLE_INVENTORY, "boundary", "边界说明" },
	{ TABLE_INVENTORY, "heating_value", "低位发热量 热值 ncv lhv" },
	{ TABLE_INVENTORY, "heating_unit", "热值单位" },
	{ TABLE_INVENTORY, "carbon", "单位热值含碳量 含碳量" },
	{ TABLE_INVENTORY, "carbon_unit", "含碳量单位" },
	{ TABLE_INVENTORY, "oxidation", "氧化率" },
	{ TABLE_INVENTORY, "fuel_cite", "燃料特性出处 化验单" },
	{ TABLE_INVENTORY, "scope_1", "抵消范围1" },
	{ TABLE_INVENTORY, "scope_2", "抵消范围2" },
	{ TABLE_INVENTORY, "scope_3", "抵消范围3" },
	{ TABLE_INVENTORY, "m01", "1月 一月 jan" },
	{ TABLE_INVENTORY, "m02", "2月 二月 feb" },
	{ TABLE_INVENTORY, "m03", "3月 三月 mar" },
	{ TABLE_INVENTORY, "m04", "4月 四月 apr" },
	{ TABLE_INVENTORY, "m05", "5月 五月 may" },
	{ TABLE_INVENTORY, "m06", "6月 六月 jun" },
	{ TABLE_INVENTORY, "m07", "7月 七月 jul" },
	{ TABLE_INVENTORY, "m08", "8月 八月 aug" },
	{ TABLE_INVENTORY, "m09", "9月 九月 sep" },
	{ TABLE_INVENTORY, "m10", "10月 十月 oct" },
	{ TABLE_INVENTORY, "m11", "11月 十一月 nov" },
	{ TABLE_INVENTORY, "m12", "12月 十二月 dec" },

	{ TABLE_OFFSETS, "id", "批次 批号 编号" },
	{ TABLE_OFFSETS, "kind", "种类 类别" },
	{ TABLE_OFFSETS, "project", "项目名称 项目" },
	{ TABLE_OFFSETS, "project_number", "项目编号" },
	{ TABLE_OFFSETS, "vintage", "减排年份" },
	{ TABLE_OFFSETS, "serial_from", "起始编号 起始序列号" },
	{ TABLE_OFFSETS, "serial_to", "终止编号 终止序列号" },
	{ TABLE_OFFSETS, "count", "数量 吨数" },
	{ TABLE_OFFSETS, "holder", "持有人" },
	{ TABLE_OFFSETS, "issued", "签发日期" },
	{ TABLE_OFFSETS, "cancelled_on", "注销日期" },
	{ TABLE_OFFSETS, "cancelled_for", "为谁注销" },
	{ TABLE_OFFSETS, "cancelled_year", "抵用年度" },
	{ TABLE_OFFSETS, "cancelled_number", "注销编号" },
	{ TABLE_OFFSETS, "local", "本地项目" },
	{ TABLE_OFFSETS, "region", "项目所在地" },
	{ TABLE_OFFSETS, "commitment_since", "承诺起始" },
	{ TABLE_OFFSETS, "commitment_years", "承诺年数" },
	{ TABLE_OFFSETS, "line", "用于哪一行" },
	{ TABLE_OFFSETS, "route", "路径" },
	{ TABLE_OFFSETS, "note", "备注 说明" },
};

/* Nothing else is meant by them, whatever the table. */
static const char decorations[] =
	" no no. title name section full 序号 标题 名称 条款名称 条文名称 指标名称 板块 章节 满分 分值 "
	"总分 要求 requirement 评价要求 条文 评分规则 计分 counted 责任人 owner 期限 due 申报值 declared 算法 formula 采用因子 "
	"used 数量 amount 计入指标 into ";

static const struct {
	const char *key, *words, *meaning;
} values[] = {
	{ "rung", "自评", "self" },
	{ "rung", "评价", "evaluator" },
	{ "rung", "复核", "reviewer" },
	{ "rung", "认定", "awarded" },
	{ "result", "符合 达标 满足", "met" },
	{ "result", "不符合 不达标 不满足", "not-met" },
	{ "result", "是 TRUE", "yes" },
	{ "result", "否 FALSE", "no" },
	{ "result", "不适用 不参评", "na" },
	{ "result", "未答 未评 未填", "unset" },
	{ "scope", "范围1 范围一", "1" },
	{ "scope", "范围2 范围二", "2" },
	{ "scope", "范围3 范围三", "3" },
	{ "kind", "排放", "emission" },
	{ "kind", "吸收 碳吸收", "absorption" },
	{ "kind", "抵消 碳抵消", "offset" },
	{ "kind", "备忘", "memo" },
	{ "kind", "自有项目", "own" },
	{ "kind", "园外出资项目", "funded" },
	{ "kind", "CCER", "ccer" },
	{ "kind", "PHCER", "phcer" },
	{ "system", "能源", "energy" },
	{ "system", "建筑", "building" },
	{ "system", "生产", "production" },
	{ "system", "交通", "transport" },
	{ "system", "废弃物", "waste" },
	{ "system", "水", "water" },
	{ "system", "生态", "ecology" },
	{ "quality", "实测", "measured" },
	{ "quality", "计算", "calculated" },
	{ "quality", "估算", "estimated" },
	{ "flow", "外购", "purchased" },
	{ "flow", "自发", "generated" },
	{ "flow", "外送", "sold" },
	{ "flow", "直供", "direct" },
	{ "flow", "绿证", "certificate" },
	{ "flow", "绿电交易", "trade" },
	{ "flow", "用量表", "used" },
	{ "carrier", "电", "power" },
	{ "carrier", "热", "heat" },
	{ "attributes", "自留", "kept" },
	{ "attributes", "已出售", "sold" },
	{ "purpose", "燃烧", "fuel" },
	{ "purpose", "原料", "feedstock" },
	{ "purpose", "国际航行", "bunker" },
	{ "purpose", "加工转换投入", "conversion-in" },
	{ "purpose", "加工转换产出", "conversion-out" },
	{ "purpose", "工业过程", "process" },
	{ "purpose", "逸散", "leak" },
	{ "biogenic", "是 TRUE", "yes" },
	{ "biogenic", "否 FALSE", "no" },
	{ "terminal", "是 TRUE", "yes" },
	{ "terminal", "否 FALSE", "no" },
	{ "local", "是 TRUE", "yes" },
	{ "local", "否 FALSE", "no" },
	{ "route", "因子取零", "zero-factor" },
	{ "route", "吸收", "absorption" },
	{ "route", "抵消", "offset" },
};

/* Whether the words, separated by spaces, have this one. */
static bool have_word(const char *words, const char *word, size_t len)
{
	while (*words) {
		words += strspn(words, " ");
		const size_t next = strcspn(words, " ");
		if (next && next == len && memcmp(words, word, len) == 0)
			return true;
		words += next;
	}
	return false;
}

static const char *find_title(enum table_kind kind, const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (titles[i].kind == kind &&
		    (have_word(titles[i].key, word, len) || have_word(titles[i].titles, word, len)))
			return titles[i].key;
	return NULL;
}

static bool starts_with(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* The title in small letters up to its brackets; blanks as one `blank`, or none at all if that is
 * 0. False if it is too long to be one of ours. */
static bool plain_title(const char *title, char blank, char *out)
{
	static const char *const ends[] = { "(", "（", "*", "＊", "[", "【", "：", ":" };
	static const char wide_blank[] = "　";
	size_t n = 0;
	for (const char *at = title; *at;) {
		bool is_end = false;
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
			is_end |= starts_with(at, ends[i]);
		if (is_end)
			break;
		const bool wide = starts_with(at, wide_blank);
		if (wide || strchr(" \t\n", *at)) {
			if (blank && n && out[n - 1] != blank)
				out[n++] = blank;
			at += wide ? sizeof(wide_blank) - 1 : 1;
		} else {
			out[n++] = (char)(*at >= 'A' && *at <= 'Z' ? *at + 'a' - 'A' : *at);
			at++;
		}
		if (n + 1 >= TITLE_TEXT)
			return false;
	}
	while (blank && n && out[n - 1] == blank)
		n--;
	out[n] = 0;
	return n > 0;
}

const char *sheet_words_key(enum table_kind kind, const char *title)
{
	char plain[TITLE_TEXT];
	const char *key = NULL;
	if (plain_title(title, 0, plain))
		key = find_title(kind, plain, strlen(plain));
	if (!key && plain_title(title, '_', plain))
		key = find_title(kind, plain, strlen(plain));
	/* in two languages, side by side or above each other */
	if (!key && plain_title(title, '/', plain))
		for (const char *at = plain; *at && !key;) {
			const size_t len = strcspn(at, "/");
			key = find_title(kind, at, len);
			at += len + (at[len] == '/');
		}
	return key;
}

bool sheet_words_is_decoration(const char *title)
{
	char plain[TITLE_TEXT];
	return plain_title(title, 0, plain) && have_word(decorations, plain, strlen(plain));
}

const char *sheet_words_value(const char *key, const char *text)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (strcmp(values[i].key, key) == 0 &&
		    have_word(values[i].words, text, strlen(text)))
			return values[i].meaning;
	return text;
}

/* What stands behind the first colon, of whatever width. */
static const char *behind_colon(const char *text)
{
	static const char wide[] = "：";
	while (*text && *text != ':' && !starts_with(text, wide))
		text++;
	return *text == ':' ? text + 1 : *text ? text + sizeof(wide) - 1 : text;
}

static const char listing[] = "、";

/* Full width as ASCII, without the blanks around it. The key of the slash gives the listing comma
 * too: which of them is meant depends on what is written. */
static char *fold_typed(const char *text, bool is_slash, struct lt_arena *arena)
{
	const size_t cap = strlen(text) + 1;
	char *folded = lt_arena_alloc(arena, cap, 1);
	size_t len = 0;
	if (!folded)
		return NULL;
	while (*text) {
		const char *comma = is_slash ? NULL : strstr(text, listing);
		const size_t n = comma ? (size_t)(comma - text) : strlen(text);
		len += lt_text_fold_twins(text, n, folded + len, cap - len);
		text += n;
		if (comma) {
			memcpy(folded + len, listing, sizeof(listing) - 1);
			len += sizeof(listing) - 1;
			text += sizeof(listing) - 1;
		}
	}
	while (len && folded[len - 1] == ' ')
		len--;
	folded[len] = '\0';
	return folded + strspn(folded, " ");
}

const char *sheet_word_typed(const char *text, struct lt_arena *arena)
{
	char *word = fold_typed(text, false, arena), *colon = word ? strchr(word, ':') : NULL;
	if (!colon)
		return word ? sheet_words_value("result", word) : NULL;
	*colon = '\0';
	const char *result = sheet_words_value("result", word);
	for (char *at = colon + 1; strcmp(result, "checks") == 0 && (at = strstr(at, listing));) {
		*at = ',';
		memmove(at + 1, at + sizeof(listing) - 1, strlen(at + sizeof(listing) - 1) + 1);
	}
	return lt_arena_printf(arena, "%s:%s", result,
			       strcmp(result, "na") == 0 ? behind_colon(text) : colon + 1);
}

const char *sheet_number_typed(const char *text, struct lt_arena *arena)
{
	const char *word = sheet_word_typed(text, arena);
	if (!word || strcmp(word, "unset") == 0 || starts_with(word, "na:"))
		return word;
	return fold_typed(text, false, arena);
}

const char *sheet_unit_typed(const char *text, struct lt_arena *arena)
{
	return fold_typed(text, true, arena);
}
