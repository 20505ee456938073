// One sentence has one spelling, however it was typed, copied or pasted.
#include <array>
#include <thread>

#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;

TEST_CASE("what phones and PDFs do to Chinese is undone", "[nlu][normalise]") {
    const auto [typed, expected] = GENERATE(table<std::string, std::string>({
        {"ＡＢＣ１２３", "abc123"},          // width and case
        {"工资，怎么办？", "工资,怎么办?"},  // wide marks
        {"①②", "12"},                        // circled numbers
        {"\u2F27\u2F29", "宀小"},            // Kangxi radicals
        {"\u2ED3期", "长期"},                // simplified radicals NFKC leaves alone
        {"工\u200B资\uFEFF", "工资"},        // zero-width
        {"工 资 怎 么 办", "工资怎么办"},    // stray spaces
        {"拖欠　工资", "拖欠工资"},          // ideographic space
        {"2025 年 11 月", "2025年11月"},     // around digits
        {"138 1234 5678", "138 1234 5678"},  // between digits a space may divide
        {"hello  world", "hello world"},
        {"怎么办？？？", "怎么办?"},
        {"怎么办！！？", "怎么办?"},
        {"等等……", "等等."},
        {"好的。。。", "好的。"},
        {"  你好\n", "你好"},
        {"工工工工", "工工"},
        {"哈哈哈哈哈", "哈哈"},
        {"好好的", "好好的"},
        {"一三八八八八", "一三八八八八"},  // a number read out
        {"13888888888", "13888888888"},
        {"2️⃣", "2"},  // keycap emoji
        {"", ""},
    }));
    INFO(typed);
    CHECK(nlu::normalise(typed) == expected);
}

TEST_CASE("traditional text becomes simplified", "[nlu][normalise]") {
    const auto [typed, expected] = GENERATE(table<std::string, std::string>({
        {"老闆拖欠工錢", "老板拖欠工钱"},
        {"離婚後財產怎麼分", "离婚后财产怎么分"},
        {"勞動合同", "劳动合同"},
        {"請問賠償標準", "请问赔偿标准"},
        {"乾縣法院開庭", "乾县法院开庭"},  // a county of 咸阳
        {"摔跤受傷", "摔跤受伤"},
    }));
    CHECK(nlu::normalise(typed) == expected);
}

TEST_CASE("simplified text keeps the characters it shares with traditional text", "[nlu][normalise]") {
    const std::string text =
        GENERATE(as<std::string>{}, "著作权", "乾县", "瞭望塔", "慰藉", "好像", "俱乐部", "一应俱全", "夥计", "皇后");
    CHECK(nlu::normalise(text) == text);
}

TEST_CASE("normalising twice changes nothing", "[nlu][normalise]") {
    const std::string text =
        GENERATE(as<std::string>{}, "老闆 拖欠　工錢！！！", "①ＡＢ", "工\u200B资……", "你好  a  b", "?!?!");
    const auto once = nlu::normalise(text);
    CHECK(nlu::normalise(once) == once);
}

TEST_CASE("broken bytes neither throw nor vanish silently", "[nlu][normalise]") {
    CHECK(nlu::normalise("工\xE8\xB5") != "工");
    CHECK(nlu::normalise("\xFF\xFE").size() > 0);
}

TEST_CASE("threads normalise and segment alike", "[nlu][normalise]") {
    const std::string text = "老闆拖欠工錢怎麼辦";
    const auto expected = nlu::segment(nlu::normalise(text));
    std::array<bool, 4> same{};
    std::vector<std::thread> threads;
    for (auto& ok : same) {
        threads.emplace_back([&ok, &text, &expected] {
            ok = true;
            for (int i = 0; i < 20; ++i) ok = ok && nlu::segment(nlu::normalise(text)) == expected;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(same == std::array{true, true, true, true});
}
