// Decides one turn: safety > command > running flow > answer > clarify > fallback. Pure and thread-safe.
#pragma once

#include <memory>
#include <string>

#include "core/calendar.hpp"
#include "core/result.hpp"
#include "dialogue/plan.hpp"
#include "kb/base.hpp"
#include "nlu/reader.hpp"

namespace yuanda::dialogue {

/// The tables dialogue is made from; TOML or JSON text (dialogue does no I/O).
struct PlannerSources {
    std::string texts;                  // config/texts/dialogue.toml: every sentence a citizen reads
    std::string form;                   // config/forms/intake.toml
    std::string hotlines;               // config/hotlines.json
    std::string divisions;              // config/divisions-shaanxi.json
    std::string menu;                   // config/menu.toml
    std::string centre_short = "秦川";  // goes into application numbers
    std::string centre_name = "秦川县法律援助中心";
    std::string centre_address;  // told to whoever asks; empty: they are given the phone
    desk::DutyHours hours;       // of the lawyers' desk
    kb::Thresholds thresholds;
};

class Planner {
public:
    virtual ~Planner() = default;
    /// What must be looked up before plan(); nullopt when the turn can be planned at once.
    virtual std::optional<Lookup> lookup(const Conversation& conversation, const Message& message,
                                         const nlu::Understanding& understanding, TimePoint now) const = 0;
    /// `base` is the generation the hits came from. The id of a submitted application is made by the caller
    /// from `new_application`.
    virtual TurnPlan plan(const Conversation& conversation, const Message& message,
                          const nlu::Understanding& understanding, const Findings& findings, const kb::Base& base,
                          const ApplicationId& new_application, TimePoint now) const = 0;
};

Result<std::unique_ptr<Planner>> make_planner(const PlannerSources& sources, std::shared_ptr<const Calendar> calendar,
                                              std::shared_ptr<const nlu::Reader> reader);

}  // namespace yuanda::dialogue
