"""What the tests of exports share: exporting, reading packages and pages strictly."""

import html.parser
import json
import xml.dom.minidom
import zipfile

from projects import ProjectCase

DAY = ["--date", "2026-03-01"]
FORMULAS = ["=1+2", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "＝1+2", "'=x", "''=y", "' plain"]
HEADINGS = {"self": ["填报说明", "基本信息表", "材料真实性承诺", "一、园区基本情况", "二、自评价工作", "三、基本要求（控制项）符合性", "四、分板块情况", "五、提高与创新", "六、碳排放与吸收", "七、得分汇总表",
                     "八、特色与亮点", "九、存在问题", "十、下一步计划", "附件一  佐证材料清单", "附件二  计算书", "附件三  参数来源", "附件四  参考文件清单"],
            "third": ["评价结论页", "基本信息表", "机构承诺", "一、概述", "二、评价过程", "三、园区情况", "四、基本要求评价", "五、分板块评价", "六、提高与创新及示范性", "七、碳盘查核查", "八、数据质量与不确定性",
                      "九、不符合项及整改", "十、得分与等级", "十一、评价结论", "十二、主要做法与亮点", "十三、存在问题", "十四、有关建议", "十五、参考文件清单", "附件一  佐证材料清单",
                      "附件二  计算书", "附件三  参数来源", "附件四  机构资质"],
            "statement": ["核查声明", "核查的范围与准则", "核定的排放与平衡", "核查结论", "责任与签署", "附件一  佐证材料清单", "附件二  计算书", "附件三  参数来源", "附件四  机构资质", "附件五  参考文件清单"]}


class ExportCase(ProjectCase):
    def export(self, path, form, *args, name=None, code=0, **more):
        to = self.dir / (name or "out." + form)
        self.lingtan("export", path, "--format", form, "-o", to, "--force", *DAY, *args, code=code, **more)
        return to

    def model(self, path, *args):
        return json.loads(self.export(path, "json", *args).read_text("utf-8"))

    def sectioned(self, *sections, plan="- {id: total, op: sum, items: scoring, publish: total, origin: user}\n"):
        """A project of a ruleset that has these sections: id, title. Each has one item of one point, i0 and so on."""
        folder = self.dir / ("sets %d" % len(sections)) / "sectioned"
        folder.mkdir(parents=True)
        (folder / "ruleset.yaml").write_text("ruleset: sectioned\nedition: \"1\"\ncode: S 1\ntitle: {zh: 多章, en: sections}\npublisher: {zh: 测试, en: test}\nstatus: published\nsections:\n"
                                             + "".join("- {id: %s, title: {zh: %s, en: t}}\n" % section for section in sections)
                                             + "plan:\n" + plan, "utf-8")
        (folder / "items.yaml").write_text("items:\n" + "".join(
            "- {id: i%s, section: %s, kind: scoring, form: points, points: {value: \"1\", origin: user}, title: {zh: 条款, en: item}}\n" % (n, section[0])
            for n, section in enumerate(sections)), "utf-8")
        return self.new("%d.lingtan" % len(sections), "--rulesets", folder.parent, standard="sectioned", stage=None, park_type=None)


class Strict(html.parser.HTMLParser):
    """Every element is closed where it was opened, and every text and attribute is seen."""
    VOID = ("meta", "br", "rect", "line", "polygon", "circle", "img")

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.ids, self.links, self.tags = [], [], set(), [], set()
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for key, value in attributes:
            assert not key.startswith("on"), (tag, key)
            if key == "id":
                assert value not in self.ids, value
                self.ids.add(value)
            if key in ("href", "src"):
                self.links.append(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        self.texts.append(data)


def parts(path):
    """The texts of an Office package; each XML part well-formed, no part with a clock."""
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0), info
        found = {name: package.read(name) for name in package.namelist()}
    for name, data in found.items():
        if name.endswith((".xml", ".rels")):
            xml.dom.minidom.parseString(data)
    return found
