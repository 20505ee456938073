// The fakes behind Talk: a reader of few words, a small base, and a gateway's bookkeeping in ten lines.
#include "tests/dialogue/talk.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/text.hpp"
#include "tests/support/files.hpp"

namespace yuanda::dialogue::test {
namespace {

using nlu::Intent;
using nlu::Risk;

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

const std::vector<std::pair<std::string, Risk>> kRiskWords{{"不想活", Risk::SelfHarm},
                                                           {"正在打我", Risk::ViolenceNow},
                                                           {"孩子被", Risk::Child},
                                                           {"跳下去，不给钱", Risk::WageExtreme},
                                                           {"不给钱，我就跳", Risk::WageExtreme},
                                                           {"老人走丢", Risk::MissingElder},
                                                           {"着火", Risk::MedicalFire},
                                                           {"被抓走", Risk::Detained},
                                                           {"正在转账", Risk::ScamNow},
                                                           {"弄死他", Risk::Threat}};

const std::vector<std::pair<std::string, Intent>> kIntentWords{
    {"找个人跟我说", Intent::AskHuman}, {"你好", Intent::Greeting},
    {"谢谢", Intent::Thanks},           {"傻", Intent::Abuse},
    {"投诉", Intent::Complain},         {"约个时间", Intent::Appointment},
    {"股票", Intent::OffTopic},         {"想申请法律援助", Intent::Apply}};

const std::vector<std::pair<std::string, std::string>> kTopicWords{
    {"工资", "T01"}, {"工钱", "T01"}, {"押金", "T15"}, {"打我", "T07"}, {"受伤", "T03"}, {"法律援助", "T22"}};

const char* const kStatutes = R"(
[[statute]]
name = "劳动合同法"
full = "中华人民共和国劳动合同法"
aliases = []
kind = "law"
articles = 98
status = "in_force"
adopted = "2012-12-28"
effective = "2013-07-01"
replaced_by = ""
read_at = "国家法律法规数据库"
)";

std::string entry(const std::string& id, const std::string& question, const std::string& conclusion,
                  const std::string& expires = "2027-11-23", const std::string& aid = "31(5)",
                  const std::string& related = "") {
    return "+++\nid = \"" + id + "\"\ntopic = \"" + id.substr(0, 3) + "\"\nsubtopic = \"x\"\nquestion = \"" + question +
           "\"\nvariants = []\nkeywords = []\naudience = \"\"\nregion = \"全国\"\ncitations = [{ law = \"劳动合同法\", "
           "article = \"第三十条\", plain = \"工资要按时发。\" }]\ndeadlines = []\ncalculator = \"\"\naid = \"" +
           aid + "\"\nrisk = \"\"\nrelated = [" + related +
           "]\nfollow_ups = [\"没签合同怎么证明\", \"包工头跑了找谁\"]\n" +
           "reviewed_on = \"2026-11-24\"\nexpires_on = \"" + expires + "\"\n+++\n\n" + conclusion +
           "\n\n## 怎么办\n1. 先留证据。\n2. 再去投诉。\n";
}

}  // namespace

nlu::Understanding FakeReader::read(std::string_view utterance) const {
    nlu::Understanding heard;
    heard.original = std::string(utterance);
    heard.normalised = std::string(trimmed(utterance));
    heard.plain = heard.normalised;
    for (const auto& [word, topic] : kTopicWords)
        if (has(utterance, word)) heard.topics.push_back({topic, 0.8});
    for (const auto& [word, risk] : kRiskWords)
        if (has(utterance, word)) heard.risks.push_back(risk);
    for (const auto& [word, intent] : kIntentWords)
        if (has(utterance, word)) heard.intent = intent;
    for (const std::string_view word : {"怎么", "吗", "能不能", "多少", "找谁", "咋", "退不退"})
        if (has(utterance, word)) heard.question_word = true;
    if (has(utterance, "我想问") || utterance.ends_with("，")) heard.unfinished = !heard.question_word;
    if (utterance == "工资方面") heard.named_topic = "T01";
    if (heard.intent == Intent::Unknown && heard.question_word) heard.intent = Intent::Question;
    heard.intent_confidence = heard.intent == Intent::Unknown ? 0 : 0.9;
    if (utterance.size() == 1 && utterance[0] >= '1' && utterance[0] <= '9') heard.number_choice = utterance[0] - '0';
    return heard;
}

std::string FakeReader::topic_name(std::string_view topic) const {
    if (topic == "T01") return "欠薪";
    if (topic == "T03") return "干活受伤";
    if (topic == "T07") return "家庭暴力";
    return topic == "T15" ? "房屋租赁" : "";
}

std::shared_ptr<const kb::Base> fixture_base() {
    static const auto base = [] {
        kb::BaseSources sources;
        sources.entries = {
            {"contractor.md", entry("T01-contractor", "包工头跑了，工钱找谁要？", "可以找总承包单位要。", "2027-11-23",
                                    "31(5)", "\"T01-arrears\"")},
            {"arrears.md",
             entry("T01-arrears", "老板拖欠工资不给，怎么要回来？", "可以要回来。可以投诉，也可以仲裁。")},
            {"deposit.md", entry("T15-deposit", "房东不退押金怎么办？", "押金应当退。", "2027-11-23", "advice")},
            {"beaten.md",
             entry("T07-beaten", "被家里人打了，现在该怎么办？", "先保住自己：打110。", "2027-11-23", "32(4)")},
            {"violence.md", entry("T07-order", "挨打了怎么申请人身安全保护令？", "可以向法院申请。")},
            {"new.md", entry("T15-new", "房东要换锁怎么办？", "先报警。")},
            {"old.md", entry("T15-old", "房租涨了怎么办？", "看合同。", "2026-01-01")}};
        sources.statutes_toml = kStatutes;
        sources.deadlines_json = R"({"deadlines":[]})";
        sources.hotlines_json = yuanda::test::read_file("config/hotlines.json");
        return kb::Base::build(sources).value();
    }();
    return base;
}

std::shared_ptr<const Calendar> shipped_calendar() {
    auto calendar = std::make_shared<Calendar>();
    for (const auto* year : {"2025", "2026"})
        if (!calendar->add_year(yuanda::test::read_file(std::string("config/calendar/") + year + ".json")))
            throw std::runtime_error("the shipped calendar does not load");
    return calendar;
}

PlannerSources shipped_sources() {
    PlannerSources sources;
    sources.texts = yuanda::test::read_file("config/texts/dialogue.toml");
    sources.form = yuanda::test::read_file("config/forms/intake.toml");
    sources.hotlines = yuanda::test::read_file("config/hotlines.json");
    sources.divisions = yuanda::test::read_file("config/divisions-shaanxi.json");
    sources.menu = yuanda::test::read_file("config/menu.toml");
    sources.thresholds = {.answer = 0.55, .clarify = 0.25};
    return sources;
}

kb::Hit hit(const std::string& entry, const std::string& question, double score) {
    return {EntryId{entry}, question, entry.substr(0, 3), score};
}

std::shared_ptr<const nlu::Reader> shipped_reader() {
    using yuanda::test::read_file;
    static const std::shared_ptr<const nlu::Reader> reader =
        nlu::make_reader({.topics = read_file("config/topics.toml"),
                          .lexicon = read_file("config/lexicon/words.toml"),
                          .intents = read_file("config/lexicon/intents.toml"),
                          .risks = read_file("config/lexicon/risks.toml")})
            .value();
    return reader;
}

namespace {

/// Immutable, as in the gateway: reading the tables anew for every section would be most of the run.
std::shared_ptr<const Planner> planner_with(const std::shared_ptr<const nlu::Reader>& reader) {
    static std::map<const nlu::Reader*, std::shared_ptr<const Planner>> made;
    auto& planner = made[reader.get()];
    if (!planner) planner = make_planner(shipped_sources(), shipped_calendar(), reader).value();
    return planner;
}

std::shared_ptr<const nlu::Reader> fake_reader() {
    static const auto reader = std::make_shared<const FakeReader>();
    return reader;
}

}  // namespace

Talk::Talk() : Talk(fake_reader()) {}

Talk::Talk(std::shared_ptr<const nlu::Reader> reader)
    : planner_(planner_with(reader)), reader_(std::move(reader)), base_(fixture_base()) {
    conversation.id = ConversationId{"conversation"};
    conversation.contact = ContactId{"contact"};
    conversation.started_at = clock.now();
    findings.desk = {.queued = 2, .lawyers_online = 1, .on_duty = true, .next_opening = clock.now(), .phone = "12348"};
    findings.queue_position = 3;
    findings.next_serial = 7;
    const kb::Hit arrears = hit("T01-arrears", "老板拖欠工资不给，怎么要回来？", 10);
    const kb::Hit contractor = hit("T01-contractor", "包工头跑了，工钱找谁要？", 6);
    finds("工资", 0.9, {arrears, contractor});
    finds("押金", 0.8, {hit("T15-deposit", "房东不退押金怎么办？", 9)});
}

void Talk::finds(const std::string& word, double confidence, std::vector<kb::Hit> hits) {
    index_.insert(index_.begin(), {word, {std::move(hits), confidence}});
}

const TurnPlan& Talk::say(const std::string& text) { return send({Text{text}}); }
const TurnPlan& Talk::tap(const std::string& id, const std::string& text) { return send({Choice{id, text}}); }

const TurnPlan& Talk::choose(const std::string& text) {
    for (const auto& choice : conversation.memory.offered)
        if (choice.text == text) return tap(choice.id, text);
    throw std::invalid_argument("not on offer: " + text);
}

const TurnPlan& Talk::send(std::vector<Part> parts) {
    Message message;
    message.conversation = conversation.key;
    message.received_at = clock.now();
    message.parts = std::move(parts);
    const auto heard = reader_->read(spoken_text(message));
    looked_up = planner_->lookup(conversation, message, heard, clock.now());
    findings.hits = {};
    if (looked_up)
        for (const auto& [word, hits] : index_)
            if (has(looked_up->search, word)) {
                findings.hits = hits;
                break;
            }
    plan = planner_->plan(conversation, message, heard, findings, *base_, ApplicationId{"application"}, clock.now());
    conversation.memory = memory_from_json(memory_to_json(plan.memory));  // as it is read back next time
    conversation.ownership = plan.ownership;
    conversation.last_seq += 2;
    ++conversation.version;
    return plan;
}

void Talk::apply_until(const std::string& until) {
    static const std::vector<std::pair<std::string, std::string>> kAnswers{
        {"who", "我自己"},      {"name", "王秀英"},       {"age", "62"},
        {"home", "周至县"},     {"topic", "讨工资"},      {"story", "在工地干了八个月，老板没给钱"},
        {"opponent", "张老板"}, {"place", "雁塔区"},      {"deadline", "没有"},
        {"hardship", "打工的"}, {"phone", "13812345678"}, {"consent", "同意"}};
    if (!conversation.memory.flow) say("申请");
    for (const auto& [step, answer] : kAnswers) {
        if (conversation.memory.flow->step == until) return;
        if (conversation.memory.flow->step == step) say(answer);
    }
    if (conversation.memory.flow->step != until) throw std::runtime_error("the interview stands at " + step());
}

std::string Talk::text() const { return plain_text(plan.reply, {}); }

std::vector<std::string> Talk::choices() const {
    std::vector<std::string> out;
    for (const auto& choice : plan.reply.choices) out.push_back(choice.text);
    return out;
}

}  // namespace yuanda::dialogue::test
