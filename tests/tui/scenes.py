"""The screens as ways of keys, each from a start on the sample park, for goldens (golden.py).

A scene's name is its file's name. What a person sees first comes first; numbers leave room.
"""
import os
import shutil

import park


# how a screen falls into place at all sizes, in both languages
SIZES = ("zh", "zh sizes", "en")
# for the scenes that stand for the rest
ALL = ("zh", "zh sizes", "en", "zh light", "zh 8 colours", "zh no colour", "zh ascii", "en ascii")


class Stage(park.Bench):
    """Where scenes are played: a folder that holds what a person would have there, and another where it is made."""

    def __init__(self, lingtan, folder):
        super().__init__(lingtan, os.path.join(folder, "零碳项目"))
        self.home = self.dir.parent / "home"
        self.maker = park.Bench(lingtan, os.path.join(folder, "make"))

    def environment(self, **more):
        self.now = park.MONDAY + 3 * 3600
        return super().environment(**more)

    def clear(self):
        shutil.rmtree(self.dir)
        self.dir.mkdir()

    def put(self, path, name):
        """Files are as old as the visit: screens show it."""
        to = self.dir / name
        to.parent.mkdir(exist_ok=True)
        shutil.copy(path, to)
        for changed in (to, to.parent):
            os.utime(changed, (park.MONDAY - 86400, park.MONDAY - 86400))


class Scene:
    who = park.EVALUATOR
    standard = park.CSUS
    leave = park.OPEN
    arguments = ()
    shows_score = True  # an evaluator on site does not see it unless asked for
    keys = ()
    text = ""  # typed after the keys
    after = ()
    documents = False  # the folder of the project holds what the sample names as evidence
    forms = SIZES  # of golden.FORMS

    def __init__(self, name):
        self.name = name

    def made(self, stage):
        """A fresh copy of the project of the scene, for a scene may change it."""
        whole = stage.maker.dir / self.project_name()
        if not whole.exists():
            self.make(stage.maker, whole.name)
        stage.clear()
        stage.put(whole, "示例园区.lingtan")
        if self.documents:
            for name in park.documents(stage.maker, self.standard):
                stage.put(stage.maker.dir / name, name)
        return stage.dir / "示例园区.lingtan"

    def project_name(self):
        return "%s.lingtan" % self.standard

    def make(self, bench, path):
        park.sample_park(bench, path, leave=self.leave) if self.standard == park.CSUS else park.other_sample(bench, path, self.standard)

    def project(self, stage):
        return [self.made(stage).name, "--as", self.who]

    def remember(self, stage):
        """What this machine knows of the person before the start."""
        state = stage.home / "state" / "lingtan" / "settings"
        state.mkdir(parents=True, exist_ok=True)
        (state / "tour").write_text("seen", "utf-8")
        (state / "hide-score").write_text("off" if self.shows_score else "on", "utf-8")

    def steps(self, s):
        s.keys(*self.keys)
        if self.text:
            s.type(self.text)
        s.keys(*self.after)


class Start(Scene):
    """The first screen, with a recent project."""

    def project(self, stage):
        self.made(stage)
        return ["--as", self.who]

    def remember(self, stage):
        super().remember(stage)
        with stage.start("示例园区.lingtan", "--as", self.who) as s:
            s.settle()
            s.keys("Esc", "Esc")
            s.end()


class Overview(Scene):
    """The overview: total, sections, what is to do, rungs."""
    forms = ALL


class OverviewOnSite(Scene):
    """The overview of an evaluator on site: the score is hidden."""
    shows_score = False


class OverviewOf(Scene):
    """The overview of another standard."""

    def __init__(self, name, standard):
        super().__init__(name)
        self.standard = standard


class WalkControl(Scene):
    """The walk on a control item that is not met."""
    forms = ALL
    keys = ("1",)
    text = "8.1.1"


class WalkScore(Scene):
    """The walk on a scoring item, its number being typed."""
    forms = ALL
    keys = ("1",)
    text = "7.2.3"
    after = ("Enter", "8")


class WalkSection(Scene):
    """The walk on a section, folded."""
    keys = ("1", "Left")


class WalkMeasured(Scene):
    """The walk of a standard in which a measured value earns the points."""
    standard = "t-seesa-2024"
    keys = ("1",)
    text = "1.1.3"


class Remark(Scene):
    """Words on an item."""
    keys = ("1",)
    text = "7.2.5"
    after = ("F4",)

    def steps(self, s):
        super().steps(s)
        s.type("表计编号 M03 的天然气总表在评价期内过期 42 天，已补检，期间数据与结算单一致。𠮷")
        s.wait(lambda q: not q.has("在写") and not q.has("typing"))


class Attach(Scene):
    """Evidence: a folder of files and what they prove."""
    documents = True
    keys = ("1",)
    text = "7.2.5"
    after = ("F2",)


class Help(Scene):
    """The keys that work here."""
    forms = ALL
    keys = ("1", "F1")


class GoTo(Scene):
    """The list of screens to go to."""
    keys = ("F6",)


class Result(Scene):
    """The result: points by weight, beside another rung, the gap."""
    who = park.LEADER
    keys = ("3",)
    forms = ALL


class Explain(Scene):
    """Where the total comes from."""
    keys = ("F3",)


class Review(Scene):
    """Two rungs side by side."""
    forms = ALL
    who = park.REVIEWER
    keys = ("4",)


class Certificate(Scene):
    """What is in the way of a certificate, and how it would look."""
    forms = ALL
    who = park.APPROVER
    keys = ("5",)


class Inventory(Scene):
    """The lines of the inventory with their totals."""
    forms = ALL
    keys = ("2",)


class Ready(Scene):
    """The checks before a certificate, a row for each place."""
    who = park.APPROVER
    keys = ("5", "5")


class Two(Scene):
    """The sample on two laptops: each answered something of its own, and one item both."""
    other = "示例·陈工:evaluator"

    def made(self, stage):
        path = super().made(stage)
        maker = stage.maker
        both = maker.dir / "对方.lingtan"
        if not both.exists():
            maker.now = park.MONDAY + 2 * 3600  # whatever was made before
            shutil.copy(path, maker.dir / "我方.lingtan")
            shutil.copy(path, both)
            for name, who, points, words in (("我方", park.EVALUATOR, "8", "制度已发布，覆盖采集、核算、报送。"), ("对方", self.other, "6", "制度已发布，缺数据质量职责，扣 2 分。")):
                maker.run("set", name + ".lingtan", "10.2.7", "points:" + points, "--remark", words, "--as", who)
            maker.run("set", both.name, "7.2.3", "points:3", "--as", self.other)
            maker.run("patch", "make", both.name, "-o", "陈工.patch", "--as", self.other)
        stage.put(maker.dir / "我方.lingtan", path.name)
        for name in ("对方.lingtan", "陈工.patch"):
            stage.put(maker.dir / name, name)
        return path

    def given(self, s, command, name):
        s.keys("F9")
        s.type(command)
        s.keys("Enter", "C-u")
        s.type(name)
        s.keys("Enter")


class Merge(Two):
    """Another file of the project, shown before it counts."""

    def steps(self, s):
        self.given(s, "合并", "对方.lingtan")
        s.settle()


class Patch(Two):
    """What one person did, item by item."""

    def steps(self, s):
        self.given(s, "收补丁", "陈工.patch")
        s.settle()


class Inbox(Scene):
    """A folder of files, the one under the cursor seen."""
    documents = True

    def steps(self, s):
        s.keys("F9")
        s.type("收件")
        s.keys("Enter", "0")  # by name: their times are all one


class Page(Scene):
    """A page by its name."""

    def __init__(self, name, command, *after, who=park.EVALUATOR):
        super().__init__(name)
        self.command = command
        self.after = after
        self.who = who

    def steps(self, s):
        s.keys("F9")
        s.type(self.command)
        s.keys("Enter", *self.after)


class Find(Scene):
    """Looked for by pinyin initials."""
    keys = ("F7",)
    text = "nyt"


class Command(Scene):
    """The prompt with what it means."""
    keys = ("F9",)
    text = "jg"


class New(Scene):
    """A new project: what follows from type and stage stands beside the form."""

    def project(self, stage):
        self.made(stage)
        return ["--as", self.who]

    def steps(self, s):
        s.keys("6")


class Job(Page):
    """A screen of the assessment as a job, on the sample park with its engagement, a sample and the timetable of the visit."""

    def __init__(self, name, page, keys=(), who=park.LEADER):
        super().__init__(name, page)
        self.more, self.who = keys, who

    def project_name(self):
        return "job.lingtan"

    def make(self, bench, path):
        bench.now = park.MONDAY + 600  # whatever was made before
        super().make(bench, path)
        job = park.HERE.parent.parent / "parks" / "sample" / "job"
        bench.run("import", path, job / "engagement.yaml", "--as", park.LEADER)
        bench.run("sample", path, "在园企业", "draw", "9", "--seed", "20260318", "--reason", "能耗前 5 家必查, 其余随机", "--as", park.LEADER)
        bench.run("import", path, job / "visit.yaml", "--as", park.LEADER)
        bench.run("fill", path, "meter", "M03", "name=天然气总表", "carrier=gas", "class=1.0", "--as", park.LEADER)
        bench.run("fill", path, "calibration", "M03/2023-11-20", "until=2025-11-19", "--as", park.LEADER)
        for taken in ("20260325_150212", "20260401_091530"):
            photo = bench.write("IMG_%s.jpg" % taken, b"\xff\xd8\xff\xe0 " + taken.encode())
            bench.run("attach", path, "7.2.5", photo.name, "--locator", "铭牌", "--kind", "photo", "--as", park.EVALUATOR)
        bench.run("photos", path, "assign", "--as", park.LEADER)
        bench.run("note", path, "天然气表铅封完好，检定证过期", "--stop", "S03", "--place", "M03", "--as", park.LEADER)
        for words in (("title=2025 年逐月用电结算单", "owner=示例·周工", "due=2026-03-16", "state=insufficient"), ("title=碳排放统计制度", "owner=示例·周工", "due=2026-04-16", "state=asked")):
            bench.run("fill", path, "request", *words, "--as", park.LEADER)

    def steps(self, s):
        super().steps(s)
        s.keys(*self.more)


SCENES = [
    Start("01-start"),
    Overview("02-overview"),
    OverviewOnSite("02-overview-on-site"),
    OverviewOf("02-overview-t-ipif", "t-ipif-2023"),
    OverviewOf("02-overview-t-cers", "t-cers-2025"),
    OverviewOf("02-overview-t-seesa", "t-seesa-2024"),
    OverviewOf("02-overview-ndrc", "ndrc-910-2025"),
    WalkControl("03-walk-control"),
    WalkScore("04-walk-score"),
    WalkSection("04-walk-section"),
    WalkMeasured("04-walk-measured"),
    Remark("05-remark"),
    Attach("05-attach"),
    Inbox("05-inbox"),
    Inventory("06-inventory"),
    Result("07-result"),
    Explain("08-explain"),
    Review("09-review"),
    Merge("10-merge"),
    Patch("10-patch"),
    Certificate("11-certificate"),
    Ready("11-ready"),
    Help("12-help"),
    Find("12-find"),
    Command("12-command"),
    GoTo("12-go-to"),
    New("13-new"),
    Page("14-figures", "数据"),
    Page("14-journal", "日志"),
    Page("14-standards", "标准库"),
    Page("14-settings", "设置"),
    Page("14-people", "人员"),
    Page("14-park", "园区"),
    Page("14-profile", "参数集", who=park.LEADER),
    Job("15-engagement", "委托"),
    Job("15-materials", "资料"),
    Job("15-places", "地点", ("Tab", "Down")),
    Job("15-plan", "计划"),
    Job("15-stop", "计划", ("3",)),
    Job("15-coverage", "覆盖"),
    Job("15-photos", "照片"),
    Job("15-points", "复核要点", ("1", "Down", "1"), park.REVIEWER),
    Job("15-sample", "地点", ("Tab", "Down", "Enter")),
    Job("15-forms", "表单"),
]
