// Waking those who wait.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "gateway/hub.hpp"

using namespace yuanda::gateway;

TEST_CASE("a listener hears its topic until its subscription is gone", "[gateway][hub]") {
    Hub hub;
    std::string heard;
    {
        const auto subscription = hub.subscribe("staff", [&](const std::string& note) { heard += note; });
        hub.notify("staff", "1");
        hub.notify("outbox", "x");
        hub.notify("staff", "2");
    }
    hub.notify("staff", "3");
    CHECK(heard == "12");
}

TEST_CASE("a listener may leave while it is being told", "[gateway][hub]") {
    Hub hub;
    Hub::Subscription subscription;
    int heard = 0;
    subscription = hub.subscribe("t", [&](const std::string&) {
        ++heard;
        subscription = {};
    });
    hub.notify("t", "");
    hub.notify("t", "");
    CHECK(heard == 1);
}

TEST_CASE("moving a subscription keeps it alive, replacing it ends it", "[gateway][hub]") {
    Hub hub;
    int first = 0;
    int second = 0;
    auto subscription = hub.subscribe("t", [&](const std::string&) { ++first; });
    auto moved = std::move(subscription);
    hub.notify("t", "");
    moved = hub.subscribe("t", [&](const std::string&) { ++second; });
    hub.notify("t", "");
    CHECK(first == 1);
    CHECK(second == 1);
}

TEST_CASE("a subscription that goes leaves nothing behind", "[gateway][hub]") {
    Hub hub;
    {
        const auto one = hub.subscribe("peer:web|a", [](const std::string&) {});
        const auto two = hub.subscribe("peer:web|b", [](const std::string&) {});
        CHECK(hub.size() == 2);
    }
    CHECK(hub.size() == 0);
}

TEST_CASE("listeners come and go while others are told", "[gateway][hub]") {
    Hub hub;
    std::atomic<bool> done{false};
    std::thread teller([&] {
        while (!done) hub.notify("t", "");
    });
    std::atomic<int> heard{0};
    for (int i = 0; i < 2000; ++i) {
        const auto subscription = hub.subscribe("t", [&](const std::string&) { ++heard; });
        if (i % 100 == 0) std::this_thread::yield();
    }
    done = true;
    teller.join();
    CHECK(hub.size() == 0);
}
