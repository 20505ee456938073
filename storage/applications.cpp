// Applications for legal aid and the record of their moves.
#include "storage/applications.hpp"

#include "core/json.hpp"
#include "storage/detail/rows.hpp"
#include "storage/detail/sealed_row.hpp"
#include "storage/detail/values.hpp"

namespace yuanda::storage {
namespace {

using casework::Application;

constexpr const char* kColumns =
    "SELECT a.id, a.number, a.serial, a.year, a.centre, a.state, a.topic, a.matter, a.facts, a.missing, a.urgent,"
    " a.submitted_at, a.paused_at, a.paused_for, a.contact_id, a.conversation_id, a.version FROM application a ";

/// casework names its actions but, having no need to, does not read the names back.
casework::Action action_from(std::string_view name) {
    using casework::Action;
    for (const Action action : {Action::StartReview, Action::AskSupplement, Action::Resume, Action::Withdraw})
        if (casework::name_of(action) == name) return action;
    return Action::Submit;
}

/// `tail` with its parameters, all text but the last, which is a limit when there is one.
std::vector<Application> load(Session& session, const Sealer& sealer, const std::string& tail,
                              const std::vector<std::string>& keys, std::optional<int> limit = std::nullopt) {
    std::vector<Application> list;
    Application a;
    std::string state, facts, missing;
    std::int64_t paused_for = 0;
    Query query(session, kColumns + tail);
    for (const std::string& key : keys) query.in(key);
    if (limit) query.in(*limit);
    query.out(a.id)
        .out(a.number)
        .out(a.serial)
        .out(a.year)
        .out(a.centre)
        .out(state)
        .out(a.topic)
        .out(a.matter)
        .out(facts)
        .out(missing)
        .out(a.urgent)
        .out(a.submitted_at)
        .out(a.paused_at)
        .out(paused_for)
        .out(a.contact)
        .out(a.conversation)
        .out(a.version);
    while (query.next()) {
        a.state = casework::state_from(state).value_or(casework::State::Draft);
        a.facts = facts_from_json(SealedRow(sealer, "application", a.id.value).open("facts", facts));
        a.missing = list_from_json(missing);
        a.paused_for = std::chrono::milliseconds(paused_for);
        list.push_back(a);
    }
    return list;
}

}  // namespace

Applications::Applications(Database& database, const Sealer& sealer) : database_(&database), sealer_(&sealer) {}

Result<std::optional<Application>> Applications::find(const ApplicationId& id) {
    std::optional<Application> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        auto list = load(session, *sealer_, "WHERE a.id = :id", {id.value});
        if (!list.empty()) found = std::move(list.front());
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<Application>> Applications::list(const std::string& state, int limit, const std::string& after) {
    std::string tail = "WHERE a.version >= 0";
    std::vector<std::string> keys;
    if (!state.empty()) {
        tail += " AND a.state = :state";
        keys.push_back(state);
    }
    if (!after.empty()) {
        tail += " AND (a.submitted_at, a.id) < (SELECT b.submitted_at, b.id FROM application b WHERE b.id = :after)";
        keys.push_back(after);
    }
    tail += " ORDER BY a.submitted_at DESC, a.id DESC LIMIT :limit";
    std::vector<Application> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        found = load(session, *sealer_, tail, keys, limit);
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<Application>> Applications::of_contact(const ContactId& contact) {
    std::vector<Application> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        found = load(session, *sealer_, "WHERE a.contact_id = :contact ORDER BY a.submitted_at DESC, a.id DESC",
                     {contact.value});
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<int> Applications::next_serial(const std::string& centre, int year) {
    int highest = 0;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query query(session, "SELECT MAX(serial) FROM application WHERE centre = :centre AND year = :year");
        query.in(centre).in(year).out(highest).next();
        return {};
    });
    if (!done) return done.error();
    return highest + 1;
}

Result<> Applications::save(const Application& a, const casework::Transition& transition) {
    const SealedRow row(*sealer_, "application", a.id.value);
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed =
            Query(session,
                  "UPDATE application SET state = :state, topic = :topic, matter = :matter, facts = :facts,"
                  " missing = :missing, urgent = :urgent, submitted_at = :submitted, paused_at = :paused,"
                  " paused_for = :paused_for, version = :version WHERE id = :id AND version = :before")
                .in(casework::name_of(a.state))
                .in(a.topic)
                .in(a.matter)
                .in(row.seal("facts", facts_to_json(a.facts)))
                .in(list_to_json(a.missing))
                .in(a.urgent)
                .in(a.submitted_at)
                .in(a.paused_at)
                .in(static_cast<std::int64_t>(a.paused_for.count()))
                .in(a.version)
                .in(a.id)
                .in(a.version - 1)
                .run();
        if (changed == 0) return Error(ErrorCode::Conflict, "the application moved on");
        insert_milestone(session, a.id, a.version, transition, *sealer_);
        append_event(
            session,
            {"application." + std::string(casework::name_of(transition.action)), a.id.value, transition.who,
             Json{{"from", casework::name_of(transition.from)}, {"to", casework::name_of(transition.to)}}.dump(),
             transition.at});
        return {};
    });
}

Result<std::vector<casework::Transition>> Applications::history(const ApplicationId& id) {
    std::vector<casework::Transition> moves;
    const auto done = database_->read([&](Session& session) -> Result<> {
        moves.clear();
        casework::Transition t;
        std::string from, to, action, reason;
        std::int64_t n = 0;
        Query query(session,
                    "SELECT n, from_state, to_state, action, who, reason, at FROM milestone"
                    " WHERE application_id = :id ORDER BY n");
        query.in(id).out(n).out(from).out(to).out(action).out(t.who).out(reason).out(t.at);
        while (query.next()) {
            const std::string key = milestone_row(id, n);
            t.from = casework::state_from(from).value_or(casework::State::Draft);
            t.to = casework::state_from(to).value_or(casework::State::Draft);
            t.action = action_from(action);
            t.reason = SealedRow(*sealer_, "milestone", key).open("reason", reason);
            moves.push_back(t);
        }
        return {};
    });
    if (!done) return done.error();
    return moves;
}

}  // namespace yuanda::storage
