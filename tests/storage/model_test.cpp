// Random turns, repeats, lawyers' acts and deliveries, compared step by step with a model in memory.
#include <map>
#include <random>

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using namespace std::chrono_literals;
using Kind = storage::CommitOutcome::Kind;

namespace {

/// What we believe about one conversation.
struct Believed {
    std::vector<std::string> texts;  // by sequence
    std::int64_t version = 0;
    std::vector<std::pair<std::string, bool>> outbox;  // text, ended
};

class Walk {
public:
    Walk(Store& store, unsigned seed) : store_(store), dice_(seed) {}

    void step() {
        switch (roll(6)) {
            case 0:
            case 1: turn(); break;
            case 2: repeat(); break;
            case 3: act(); break;
            case 4: deliver(); break;
            default: stale_turn(); break;
        }
        store_.clock.advance(std::chrono::milliseconds(roll(500)));
    }

    void compare() {
        for (const auto& [peer, believed] : believed_) {
            CAPTURE(peer);
            const auto stored = store_.conversation(peer);
            CHECK(stored.version == believed.version);
            CHECK(stored.last_seq == static_cast<std::int64_t>(believed.texts.size()));
            const auto messages = store_.conversations.messages(stored.id, 0, 1000, true);
            REQUIRE(messages.has_value());
            REQUIRE(messages->size() == believed.texts.size());
            for (std::size_t i = 0; i < messages->size(); ++i) {
                CHECK(messages->at(i).seq == static_cast<std::int64_t>(i) + 1);
                CHECK(messages->at(i).text == believed.texts[i]);
            }
        }
        CHECK(store_.number("SELECT COUNT(*) FROM conversation") == static_cast<std::int64_t>(believed_.size()));
        CHECK(store_.number("SELECT COUNT(*) FROM inbound_receipt") == static_cast<std::int64_t>(answers_.size()));
        CHECK(store_.events.verify()->first_bad == std::nullopt);
    }

private:
    int roll(int sides) { return static_cast<int>(dice_() % static_cast<unsigned>(sides)); }
    std::string some_peer() { return "peer" + std::to_string(roll(4)); }

    void turn() {
        const std::string peer = some_peer(), id = "m" + std::to_string(++ids_);
        auto made = store_.delivered_turn(peer, id, "words " + id, false);
        const auto outcome = store_.commit(made);
        REQUIRE(outcome.has_value());
        REQUIRE(outcome->kind == Kind::Committed);
        Believed& b = believed_[peer];
        b.version += 1;
        b.texts.push_back("words " + id);
        b.texts.push_back(made.outbound->text);
        b.outbox.emplace_back(made.outbound->text, false);
        answers_[id] = {peer, made.answer.body};
        CHECK(outcome->last_seq == static_cast<std::int64_t>(b.texts.size()));
    }

    void repeat() {
        if (answers_.empty()) return;
        auto which = answers_.begin();
        std::advance(which, roll(static_cast<int>(answers_.size())));
        const auto outcome = store_.commit(store_.turn(which->second.first, which->first, "again", "another answer"));
        REQUIRE(outcome.has_value());
        CHECK(outcome->kind == Kind::Duplicate);
        CHECK(outcome->answer.body == which->second.second);
    }

    void stale_turn() {
        const std::string peer = some_peer();
        auto stale = store_.turn(peer, "stale" + std::to_string(++ids_), "never stored", "never stored");
        if (stale.before.version < 2) return;
        stale.before.version -= 1;
        CHECK(store_.commit(stale)->kind == Kind::Conflict);
    }

    void act() {
        const std::string peer = some_peer();
        const auto conversation = store_.conversation(peer);
        if (conversation.version == 0) return;
        storage::DeskAct act;
        act.conversation = conversation.id;
        act.version = conversation.version;
        act.ownership = conversation.ownership;
        act.action = "reply";
        act.staff = StaffId("s1");
        act.now = store_.clock.now();
        act.message.emplace();
        act.message->from = storage::From::Lawyer;
        act.message->text = "lawyer " + std::to_string(++ids_);
        act.message->cmid = "c" + std::to_string(ids_);
        act.message->note = roll(3) == 0;
        act.deliver = true;
        REQUIRE(store_.conversations.act(act).has_value());
        REQUIRE(store_.conversations.act(act).has_value());  // the browser tries twice
        Believed& b = believed_[peer];
        b.version += 1;
        b.texts.push_back(act.message->text);
        if (!act.message->note) b.outbox.emplace_back(act.message->text, false);
    }

    /// What is claimed must be the oldest open row of its conversation.
    void deliver() {
        const auto rows = store_.outbox.claim(store_.clock.now(), 1 + roll(4));
        REQUIRE(rows.has_value());
        for (const auto& row : *rows) {
            Believed& b = believed_[row.peer.value];
            const auto oldest = std::find_if(b.outbox.begin(), b.outbox.end(), [](const auto& o) { return !o.second; });
            REQUIRE(oldest != b.outbox.end());
            CHECK(row.text == oldest->first);
            const int fate = roll(4);
            const char* state = fate == 0 ? "queued" : fate == 1 ? "unknown" : fate == 2 ? "failed" : "sent";
            const auto retry = fate == 0 ? std::optional(store_.clock.now() + 200ms) : std::nullopt;
            REQUIRE(store_.outbox.finish(row.id, state, "", "", retry, store_.clock.now()).has_value());
            oldest->second = fate != 0;
        }
    }

    Store& store_;
    std::mt19937 dice_;
    int ids_ = 0;
    std::map<std::string, Believed> believed_;
    std::map<std::string, std::pair<std::string, std::string>> answers_;  // message id -> peer, bytes
};

}  // namespace

TEST_CASE("a random walk of turns, repeats, acts and deliveries agrees with its model", "[storage][model]") {
    Store store(GENERATE(from_range(engines())));
    const unsigned seed = GENERATE(1u, 2u, 3u);
    CAPTURE(seed);
    Walk walk(store, seed);
    for (int i = 0; i < 120; ++i) walk.step();
    walk.compare();
}

TEST_CASE("a random walk survives being closed and opened in the middle", "[storage][model]") {
    Store store(GENERATE(from_range(engines())));
    Walk walk(store, 7);
    for (int i = 0; i < 40; ++i) walk.step();
    store.database->close();
    store.database = open_database(store.place.url(), store.clock);
    store.conversations = storage::Conversations(*store.database, store.sealer, store.random);
    store.outbox = storage::Outbox(*store.database, store.sealer);
    store.events = storage::Events(*store.database);
    walk.compare();
    for (int i = 0; i < 40; ++i) walk.step();
    walk.compare();
}
