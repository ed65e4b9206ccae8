/* lingtan certificate: a certificate, specimen or draft as a file. verify of such a file. */
#include "lingtan/app/certificate.h"

#include <stdlib.h>
#include <string.h>
#include "certificate.h"
#include "lingtan/base/file.h"
#include "lingtan/base/minisign.h"
#include "passphrase.h"
#include "progress.h"

#define MOST_FILE ((size_t)64 << 20)

/* DATA/lingtan/templates, beside the keys; NULL where there is no place for them. */
const char *templates_folder(struct invocation *in)
{
	const char *keys = keys_folder(in);
	const char *slash = keys ? strrchr(keys, '/') : NULL;
	return slash ? lt_arena_printf(&in->findings_arena, "%.*s/templates", (int)(slash - keys), keys)
		     : NULL;
}

enum lt_status write_certificate(struct invocation *in, const char *path,
				 const struct certificate *certificate, const struct drawn *drawn)
{
	return certificate_write(path, in->force, in->workspace.key, certificate, drawn->bytes,
				 drawn->len, &in->err);
}

/* ---- certificate ---- */

static void json_reasons(const struct invocation *in, struct lt_json *json, const char *key,
			 const char *const *const lists[LT_N_LANGS], unsigned n)
{
	lt_json_open_list(json, key);
	for (unsigned i = 0; i < n; i++)
		lt_json_string(json, NULL, lists[in->lang][i]);
	lt_json_close(json);
}

static void json_certificate(struct lt_json *json, const char *key, const struct certificate *certificate)
{
	lt_json_open_object(json, key);
	for (unsigned i = 0; i < N_CERT_FIELDS; i++)
		if (certificate->at[i])
			lt_json_string(json, certificate_field_names[i],
				       certificate->at[i][0] ? certificate->at[i] : NULL);
	lt_json_close(json);
}

static enum lt_status tell(struct invocation *in, const struct certificate_case *of,
			   const struct drawn *drawn)
{
	struct lt_json json;
	const struct certificate *certificate = &of->certificate;
	if (!in->json) {
		printf("%s", say(in, "已写出 ", "written: "));
		print_path(in->out);
		printf(say(in, "（%zu 字节）\n", " (%zu bytes)\n"), drawn->len);
		printf("%s", strcmp(certificate->at[CERT_KIND], "draft") == 0
				     ? say(in, "草稿：", "draft: ")
				     : say(in, "样张：", "specimen: "));
		print_remark(certificate->at[in->lang == LT_ZH ? CERT_BECAUSE_ZH
							       : CERT_BECAUSE_EN]);
		printf("\n");
		if (!in->workspace.key)
			printf("%s\n", say(in, "没有签名（--sign 用密钥签名）",
					   "not signed (--sign signs with your key)"));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_path(&json, "file", in->out);
	lt_json_int(&json, "size", (long long)drawn->len);
	lt_json_string(&json, "kind", certificate->at[CERT_KIND]);
	lt_json_string(&json, "number", NULL);
	lt_json_string(&json, "public",
		       in->workspace.key ? lt_key_public(in->workspace.key) : NULL);
	json_text(&json, "code", drawn->code);
	json_reasons(in, &json, "specimen_because", (const char *const *const *)of->because,
		     of->n_because);
	json_reasons(in, &json, "blockers", (const char *const *const *)of->blockers,
		     of->n_blockers);
	json_certificate(&json, "record", certificate);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status draw(struct invocation *in, const struct assessment_ref *ref)
{
	struct certificate_case of;
	struct drawn drawn = { 0 };
	const char *day, *found_in;
	struct certificate_template *template;
	struct drawing drawing = { .lang = in->lang };
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = certificate_format(in->out, &drawing.format, &in->err);
	if (!status)
		status = certificate_template_find(&in->library, in->template_path,
						   templates_folder(in), &in->session.arena,
						   &in->findings, &template, &found_in, &in->err);
	if (!status)
		status = certificate_gather(&in->session, ref, template, day, &of, &in->findings,
					    &in->err);
	if (!status)
		status = certificate_mark(&in->session, &of, in->specimen, &in->err);
	if (status)
		return status;
	drawing.template = template;
	drawing.template_folder = found_in;
	drawing.fields = &of.fields;
	drawing.key = in->workspace.key;
	drawing.watched = &in->session;
	progress_begin(in);
	status = certificate_draw(&of.certificate, &drawing, &in->session.arena, &drawn, &in->err);
	progress_end(in);
	if (!status)
		status = write_certificate(in, in->out, &of.certificate, &drawn);
	if (!status)
		status = tell(in, &of, &drawn);
	free(drawn.bytes);
	return status;
}

enum lt_status command_certificate(struct invocation *in)
{
	const struct assessment_ref *ref;
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	if (in->n_words > 1)
		return command_many_certificates(in);
	enum lt_status status = open_project(in, in->words[0],
					     in->registry ? PROJECT_WRITE : PROJECT_READ);
	if (!status)
		status = unlock_key(in, in->session.name);
	if (!status)
		status = session_find_assessment(&in->session, in->assessment, NULL, &ref,
						 &in->findings, &in->err);
	if (!status && in->registry && in->specimen)
		return lt_err_set(&in->err, LT_EUSAGE, "样张不登记：--specimen 和 --register 只能用一个",
				  "a specimen is not registered: --specimen and --register exclude each other");
	if (status)
		return status;
	return in->registry ? issue_certificate(in, ref) : draw(in, ref);
}

/* ---- verify ---- */

/* A public half as text, or the file that holds it. */
static enum lt_status read_key(struct invocation *in, char out[LT_PUBLIC_HEX])
{
	const char *text = in->key;
	size_t len;
	out[0] = 0;
	if (!in->key || lt_minisign_read_public(in->key, out))
		return LT_OK;
	enum lt_status status = lt_file_read(in->key, 4096, &in->findings_arena, &text, &len,
					     &in->err);
	if (!status && (strlen(text) != len || !lt_minisign_read_public(text, out)))
		status = lt_err_set(&in->err, LT_EFILE,
				    "%s：不是公钥；应为 64 位十六进制数字，或 lingtan key export 导出的文件",
				    "%s: it is no public key; give 64 hexadecimal digits, or the file of lingtan key export",
				    in->key);
	return status;
}

/* A code on paper has the number alone. */
static bool is_test(const struct proof *proof)
{
	return series_is_test(proof->certificate.at[CERT_SERIES]) ||
	       series_is_test(proof->certificate.at[CERT_NUMBER]);
}

static const char *kind_word(const struct invocation *in, const struct proof *proof)
{
	const char *kind = proof->certificate.at[CERT_KIND];
	if (!kind)
		return "";
	if (strcmp(kind, "specimen") == 0)
		return say(in, "样张，不得作为证书", "a specimen, no certificate");
	if (strcmp(kind, "draft") == 0)
		return say(in, "草稿，不得作为证书", "a draft, no certificate");
	if (is_test(proof))
		return say(in, "测试证书：园区和数值均为编造，不得作为证书",
			   "a test: park and numbers are made up, no certificate");
	return say(in, "证书", "a certificate");
}

static void print_field(const struct invocation *in, const struct proof *proof,
			enum certificate_field field, const char *zh, const char *en)
{
	const char *text = proof->certificate.at[field];
	if (!text || !text[0])
		return;
	print_padded(stdout, say(in, zh, en), 12);
	print_remark(text);
	printf("\n");
}

/* Of a pair zh, en; a code on paper has the first alone. */
static enum certificate_field in_language(const struct invocation *in, const struct proof *proof,
					  enum certificate_field zh)
{
	const char *english = proof->certificate.at[zh + 1];
	return in->lang == LT_EN && english && english[0] ? zh + 1 : zh;
}

static void print_essentials(const struct invocation *in, const struct proof *proof)
{
	printf("%s\n", kind_word(in, proof));
	print_field(in, proof, CERT_NUMBER, "编号", "number");
	print_field(in, proof, CERT_PARK, "园区", "park");
	print_field(in, proof, in_language(in, proof, CERT_GRADE_ZH), "等级", "grade");
	print_field(in, proof, CERT_CODE, "标准", "standard");
	print_field(in, proof, CERT_YEAR, "年度", "year");
	print_field(in, proof, in_language(in, proof, CERT_BODY_ZH), "机构", "body");
	print_field(in, proof, CERT_ISSUED, "颁证日期", "issued");
	print_field(in, proof, CERT_VALID_UNTIL, "有效期至", "valid until");
	print_field(in, proof, in->lang == LT_ZH ? CERT_BECAUSE_ZH : CERT_BECAUSE_EN, "原因",
		    "because");
}

/* What a good signature says, and what it does not. */
static const char *const proves[][2][LT_N_LANGS] = {
	[PROOF_FILE] = { { "整个文件（每一页、附在其中的记录）自签名以来没有改动过一位",
			   "not one bit of the whole file (page and attached record) changed since it was signed" },
			 { "签名出自持有这个密钥的人", "who holds this key signed it" } },
	[PROOF_RECORD] = { { "记录自签名以来没有改动过", "the record has not changed since it was signed" },
			   { "签名出自持有这个密钥的人", "who holds this key signed it" } },
	[PROOF_CODE] = { { "二维码里的这些内容自签名以来没有改动过",
			   "what stands in the code has not changed since it was signed" },
			 { "签名出自持有这个密钥的人", "who holds this key signed it" } },
};
static const char *const leaves[][LT_N_LANGS] = {
	{ "不能证明：证书今天是否仍有效（看机构签发的状态表：--status）",
	  "not proven: whether it still stands today (see the body's signed list: --status)" },
	{ "不能证明：评价本身是否正确（看项目文件：lingtan verify 项目.lingtan --head）",
	  "not proven: that the assessment is right (see the project: lingtan verify FILE --head)" },
};
static const char *const leaves_key[LT_N_LANGS] = {
	"不能证明：这个密钥是谁的。请用机构公布的公钥再查一次：--key",
	"not proven: whose key this is. Check again with the key that the body publishes: --key"
};
static const char *const leaves_page[LT_N_LANGS] = {
	"不能证明：拿到的纸或图片与此相符，请逐项对照",
	"not proven: that the paper or picture at hand says the same; compare it line by line"
};

static void print_limits(const struct invocation *in, const struct proof *proof)
{
	for (unsigned i = 0; i < 2; i++)
		printf("%s%s\n", say(in, "证明：", "proven: "), proves[proof->kind][i][in->lang]);
	if (!proof->key_given)
		printf("%s\n", leaves_key[in->lang]);
	if (proof->kind != PROOF_FILE)
		printf("%s\n", leaves_page[in->lang]);
	for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++)
		printf("%s\n", leaves[i][in->lang]);
}

static enum lt_status proof_as_json(struct invocation *in, const struct proof *proof,
				    const struct standing *standing)
{
	static const char *const kinds[] = { "file", "record", "code" };
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "kind", kinds[proof->kind]);
	lt_json_bool(&json, "holds", proof->holds && (!standing || standing->holds));
	lt_json_string(&json, "why",
		       !proof->holds		       ? proof->why[in->lang]
		       : standing && !standing->holds ? standing->why[in->lang]
						       : NULL);
	json_text(&json, "public", proof->public);
	lt_json_bool(&json, "test", is_test(proof));
	lt_json_bool(&json, "key_given", proof->key_given);
	json_text(&json, "record", proof->record);
	json_standing(in, &json, standing);
	json_certificate(&json, "certificate", &proof->certificate);
	lt_json_open_list(&json, "proves");
	for (unsigned i = 0; i < 2 && proof->holds; i++)
		lt_json_string(&json, NULL, proves[proof->kind][i][in->lang]);
	lt_json_close(&json);
	lt_json_open_list(&json, "does_not_prove");
	if (!proof->key_given)
		lt_json_string(&json, NULL, leaves_key[in->lang]);
	if (proof->kind != PROOF_FILE)
		lt_json_string(&json, NULL, leaves_page[in->lang]);
	for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++)
		lt_json_string(&json, NULL, leaves[i][in->lang]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status tell_proof(struct invocation *in, const struct proof *proof,
				 const struct standing *standing)
{
	enum lt_status status = LT_OK;
	if (in->json) {
		status = proof_as_json(in, proof, standing);
	} else if (!proof->holds) {
		printf("%s%s\n", say(in, "不成立：", "does not hold: "), proof->why[in->lang]);
	} else {
		printf("%s%.16s\n", say(in, "签名成立，密钥 ", "the signature holds, key "),
		       proof->public);
		print_essentials(in, proof);
		print_standing(in, standing);
		print_limits(in, proof);
	}
	if (status)
		return status;
	return proof->holds && (!standing || standing->holds) ? LT_OK : LT_NO;
}

enum lt_status verify_certificate(struct invocation *in, const char *path)
{
	char key[LT_PUBLIC_HEX];
	const char *bytes;
	size_t len;
	struct proof proof;
	struct standing standing = { 0 };
	enum lt_status status = read_key(in, key);
	if (!status)
		status = lt_file_read(path, MOST_FILE, &in->findings_arena, &bytes, &len, &in->err);
	if (!status) {
		status = certificate_prove(bytes, len, key, &in->findings_arena, &proof, &in->err);
		if (status && strcmp(path, "-") != 0)
			lt_err_prefix(&in->err, path);
	}
	if (!status && in->status_list && proof.holds)
		status = read_standing(in, &proof, &standing);
	return status ? status
		      : tell_proof(in, &proof, in->status_list && proof.holds ? &standing : NULL);
}
