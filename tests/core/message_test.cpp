// What counts as said in a message.
#include <catch2/catch.hpp>

#include "core/message.hpp"

using namespace yuanda;

namespace {
std::string spoken(std::vector<Part> parts) {
    Message message;
    message.parts = std::move(parts);
    return spoken_text(message);
}
}  // namespace

TEST_CASE("words, taps and recognised speech were said, a line each", "[core][message]") {
    CHECK(spoken({Text{"老板不给钱"}, Choice{"c1", "转人工"}, Media{Media::Kind::Voice, "m", "三个月"}}) ==
          "老板不给钱\n转人工\n三个月");
    CHECK(spoken({ContactEvent{}}).empty());
}

TEST_CASE("the label of a place and the title of a link were said by nobody", "[core][message]") {
    using Kind = Media::Kind;
    const auto kind = GENERATE(Kind::Location, Kind::Link, Kind::Image, Kind::Video, Kind::File, Kind::Other);
    CHECK(spoken({Media{kind, "m", "西安市雁塔区"}}).empty());
}
