// The immutable tables every rule of a turn may look at.
#pragma once

#include <memory>
#include <string>

#include "core/calendar.hpp"
#include "desk/duty.hpp"
#include "dialogue/detail/divisions.hpp"
#include "dialogue/detail/texts.hpp"
#include "dialogue/form.hpp"
#include "dialogue/menu.hpp"
#include "kb/index.hpp"
#include "nlu/reader.hpp"

namespace yuanda::dialogue {

struct Tools {
    Texts texts;
    Form form;
    Divisions divisions;
    Menu menu;
    std::string centre_short;
    std::string centre_name;
    std::string centre_address;
    desk::DutyHours hours;
    kb::Thresholds thresholds;
    std::shared_ptr<const Calendar> calendar;
    std::shared_ptr<const nlu::Reader> reader;
};

}  // namespace yuanda::dialogue
