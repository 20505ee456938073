// What nlu makes of one utterance: the only value the other rooms know about Chinese text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanda::nlu {

/// The 22 topics of the service, "T01".."T22"; names in config/topics.toml.
struct TopicGuess {
    std::string topic;
    double p = 0;  // 0..1, the list sums to at most 1
    bool operator==(const TopicGuess&) const = default;
};

enum class Intent {
    Question,  // wants to know something about the law
    AskHuman,  // 转人工
    Apply,     // wants to apply for legal aid
    Progress,  // 办到哪一步了
    Complain,  // about the service
    Appointment,
    Calculate,
    Greeting,
    Thanks,
    Abuse,
    Yes,
    No,
    Cancel,  // 取消
    Back,    // 上一步
    Help,
    Statute,  // 民法典1076条说的啥
    Centre,   // 你们电话, 几点下班, 地址在哪
    OffTopic,
    Unknown
};
std::string_view name_of(Intent intent);  // "ask_human"
std::optional<Intent> intent_from(std::string_view name);

enum class Risk { SelfHarm, ViolenceNow, Child, WageExtreme, MissingElder, MedicalFire, Detained, ScamNow, Threat };
std::string_view name_of(Risk risk);  // "self_harm"
std::optional<Risk> risk_from(std::string_view name);

/// How `value` is written, by kind.
/// - Money: fen in digits ("2000000" for 2万); 三千多 gives the number said.
/// - Number, Identity, Phone: the digits alone (Identity ends in X where it does); Number may hold one point ("1.5").
/// - Date: ISO where the year is said ("2025", "2025-10", "2025-11-30"); else one part per unit, year to day:
///   `y+N y-N` years from the clock's year, `m+N m-N` months from its month, `w+N w-N` weeks, `d+N d-N` days, and
///   without a sign the calendar's own month `m1`..`m12`, day `d1`..`d31`, weekday `u1`..`u7` (Monday first).
///   去年10月 "y-1m10", 今年三月 "y+0m3", 上个月15号 "m-1d15", 11月30日 "m11d30", 昨天 "d-1", 三个月前 "m-3",
///   上周五 "w-1u5".
/// - Duration: amounts with y m w d h, largest first: 八个月 "8m", 一年半 "1y6m", 半年 "6m", 十五天 "15d", 半天 "0.5d".
/// - Statute: "民法典 第一千零七十六条", "刑法 第二百七十六条之一", or the law alone ("民法典").
/// - Person: the role ("contractor", "employer", "spouse"…, see config/lexicon/words.toml), or "name" for a person's
///   own name after 我叫. Place: the division's full name (蓝田县). Organisation: its kind (公司, 派出所…).
struct Entity {
    enum class Kind { Person, Money, Date, Duration, Place, Organisation, Identity, Phone, Statute, Number };
    Kind kind = Kind::Number;
    std::string text;       // as said
    std::string value;      // normalised, see above
    std::size_t begin = 0;  // byte offset in Understanding::normalised
    bool operator==(const Entity&) const = default;
};
std::string_view name_of(Entity::Kind kind);

struct Understanding {
    std::string original;               // as typed
    std::string normalised;             // NFKC, simplified, stray spaces out: for matching alone
    std::vector<std::string> segments;  // ICU words of `normalised`, lexicon applied
    std::vector<TopicGuess> topics;     // best first, at most 5
    Intent intent = Intent::Unknown;
    double intent_confidence = 0;  // 0..1
    std::vector<Entity> entities;
    std::vector<Risk> risks;              // empty when there is none; past or general questions are none
    std::vector<std::string> risk_rules;  // which rule raised each of `risks`: for the crisis record
    std::vector<Risk> told;               // dangers told as past or as part of a case: no alarm, but care
    std::string named_topic;              // the utterance names this topic and says no more: 婚姻离婚方面
    bool question_word = false;           // 怎么, 吗, 多少…
    bool opener = false;                  // nothing but 我想问, 那个, 你好: adds nothing to what follows
    bool unfinished = false;              // asks nothing yet and more is coming: 我想问, 那个, 老板欠我钱，
    int number_choice = 0;  // 1..9 when the whole utterance is a choice number (2, ②, 第二个), else 0
    std::string plain;      // `normalised` with dialect and typos rewritten (咋 怎么, 公资 工资): good to search

    std::string topic() const { return topics.empty() ? std::string{} : topics.front().topic; }
};

}  // namespace yuanda::nlu
