// One visitor after the other, each line waiting for its answer: the same path as a citizen's page.
#include "gateway/demo_talks.hpp"

#include <future>
#include <thread>

#include "core/json.hpp"
#include "gateway/config.hpp"

namespace yuanda::gateway {
namespace {

const Inbox* page_of(const Services& services) {
    for (const auto& inbox : services.config.inboxes)
        if (inbox.channel == Channel::Webchat) return services.inboxes.find(inbox.id);
    return nullptr;
}

Message line_of(const Inbox& inbox, const std::string& visitor, std::size_t number, std::string words, TimePoint now) {
    Message message;
    message.conversation = {Channel::Webchat, inbox.config.id, ExternalId{visitor}, false};
    message.external_id = ExternalId{visitor + "|" + std::to_string(number)};
    message.sent_at = message.received_at = now;
    message.parts.emplace_back(Text{std::move(words)});
    return message;
}

Result<> say(Services& services, Message message) {
    std::promise<Result<TurnResult>> said;
    auto answer = said.get_future();
    services.turns.submit(std::move(message), [&said](Result<TurnResult> turn) { said.set_value(std::move(turn)); });
    const auto turn = answer.get();
    return turn.has_value() ? Result<>() : turn.error();
}

void pause(std::chrono::duration<double> length, const std::atomic<bool>& stopping) {
    const auto until = std::chrono::steady_clock::now() + length;
    while (!stopping && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

Result<> hold_talk(Services& services, const Inbox& inbox, const Json& talk, const std::atomic<bool>& stopping) {
    const std::string visitor = text_or(talk, "visitor");
    const auto says = talk.find("says");
    if (visitor.empty() || says == talk.end() || !says->is_array()) return invalid("a talk needs visitor and says");
    const auto known = services.conversations.find(inbox.config.id, ExternalId{visitor});
    if (!known.has_value()) return known.error();
    if (known->has_value()) return {};
    const auto& limit = services.config.limits.per_contact;
    for (std::size_t i = 0; i < says->size(); ++i) {
        if (static_cast<double>(i) >= limit.burst) pause(std::chrono::duration<double>(1 / limit.per_second), stopping);
        if (stopping) return {};
        if (!(*says)[i].is_string()) return invalid("says holds texts");
        auto message = line_of(inbox, visitor, i, (*says)[i].get<std::string>(), services.clock.now());
        if (const auto done = say(services, std::move(message)); !done) return done;
    }
    return {};
}

}  // namespace

Result<> hold_demo_talks(Services& services, const std::atomic<bool>& stopping) {
    const std::string& file = services.config.demo_talks;
    const Inbox* inbox = page_of(services);
    if (file.empty() || !inbox) return {};
    const auto text = read_text_file(file);
    if (!text.has_value()) return text.error();
    std::istringstream lines{*text};
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) continue;
        const auto talk = parse_json(line);
        if (!talk.has_value() || !talk->is_object()) return invalid(file + ": not one object a line");
        if (const auto done = hold_talk(services, *inbox, *talk, stopping); !done)
            return Error(done.error().code, file + ": " + done.error().detail);
    }
    return {};
}

}  // namespace yuanda::gateway
