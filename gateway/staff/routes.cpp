// Wires the staff handlers to their routes.
#include "gateway/staff/routes.hpp"

#include "gateway/log.hpp"
#include "gateway/staff/cases_api.hpp"
#include "gateway/staff/check_api.hpp"
#include "gateway/staff/desk_api.hpp"
#include "gateway/staff/drafts_api.hpp"
#include "gateway/staff/entries_api.hpp"
#include "gateway/staff/kb_api.hpp"
#include "gateway/staff/people_api.hpp"
#include "gateway/staff/session_api.hpp"
#include "gateway/staff/socket.hpp"
#include "gateway/staff/undelivered_api.hpp"

namespace yuanda::gateway::staff {
namespace {

Texts desk_texts(const std::string& root) {
    auto texts = Texts::from_file(root + "/config/texts/desk.toml");
    if (texts.has_value()) return std::move(*texts);
    log_error("texts.unread", {{"file", "desk.toml"}, {"why", texts.error().detail}});
    return {};
}

dialogue::Form intake_form(const std::string& root) {
    const auto text = read_text_file(root + "/config/forms/intake.toml");
    if (text.has_value()) {
        auto form = dialogue::parse_form(*text);
        if (form.has_value()) return std::move(*form);
    }
    log_error("form.unread", {{"file", "intake.toml"}});
    return {};
}

}  // namespace

void add_staff_routes(Router& router, Services& services) {
    const auto context =
        std::make_shared<Context>(services, desk_texts(services.config.root), intake_form(services.config.root));
    add_session_routes(router, context);
    add_desk_routes(router, context);
    add_act_routes(router, context);
    add_undelivered_routes(router, context);
    add_kb_routes(router, context);
    add_entry_routes(router, context);
    add_check_routes(router, context);
    add_draft_routes(router, context);
    add_case_routes(router, context);
    add_people_routes(router, context);
    add_socket_route(router, context);
}

}  // namespace yuanda::gateway::staff
