// Hostile XML is refused before a parser sees it; odd but legal XML is read.
#include "adapters/wechat/xml.hpp"

using namespace yuanda::adapters::wechat;

namespace {
std::string nested(int levels) {
    std::string xml = "<xml>";
    for (int i = 1; i < levels; ++i) xml += "<a>";
    for (int i = 1; i < levels; ++i) xml += "</a>";
    return xml + "</xml>";
}
std::string wide(int elements) {
    std::string xml = "<xml>";
    for (int i = 1; i < elements; ++i) xml += "<a/>";
    return xml + "</xml>";
}
}  // namespace

TEST_CASE("declarations, entities and instructions are refused", "[adapters][wechat][xml]") {
    const std::string xml = GENERATE(values<std::string>({
        "<!DOCTYPE xml><xml><a>1</a></xml>",
        "<!doctype xml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><xml><a>&x;</a></xml>",
        "<xml><!ENTITY x 'y'><a>1</a></xml>",
        "<xml><?php echo 1 ?><a>1</a></xml>",
        "<?xml-stylesheet href='x'?><xml><a>1</a></xml>",
        " <?xml version='1.0'?><xml><a>1</a></xml>",
        "<xml><!-- comment --><a>1</a></xml>",
    }));
    INFO(xml);
    CHECK_FALSE(read_xml(xml).has_value());
}

TEST_CASE("broken XML is refused", "[adapters][wechat][xml]") {
    const std::string xml = GENERATE(values<std::string>({
        "",
        "text",
        "<xml>",
        "</xml>",
        "<xml><a></xml>",
        "<xml><a>1</b></xml>",
        "<xml><![CDATA[open</xml>",
        "<other><a>1</a></other>",
        "<xml><a>\xff</a></xml>",
        "<xml><a x='</a></xml>",
    }));
    INFO(xml);
    CHECK_FALSE(read_xml(xml).has_value());
}

TEST_CASE("eight levels and sixty-four elements are the limit", "[adapters][wechat][xml]") {
    CHECK(read_xml(nested(8)).has_value());
    CHECK_FALSE(read_xml(nested(9)).has_value());
    CHECK_FALSE(read_xml(nested(50'000)).has_value());
    CHECK(read_xml(wide(64)).has_value());
    CHECK_FALSE(read_xml(wide(65)).has_value());
}

TEST_CASE("what a citizen types inside CDATA is never markup", "[adapters][wechat][xml]") {
    const auto fields = read_xml("<xml><Content><![CDATA[<!DOCTYPE x><?php ?></xml>&lt;]]></Content></xml>");
    REQUIRE(fields.has_value());
    CHECK(field(*fields, "Content") == "<!DOCTYPE x><?php ?></xml>&lt;");
}

TEST_CASE("CDATA and plain text are both read, white space kept, order and extras ignored", "[adapters][wechat][xml]") {
    const auto fields = read_xml(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xml>\n<B>  两端 空格\n</B><A><![CDATA[a]]]]><![CDATA[>b]]></A>"
        "<C>&lt;&amp;&#65;</C><Unknown><Deep>1</Deep></Unknown><A>second</A><E/></xml>");
    REQUIRE(fields.has_value());
    CHECK(field(*fields, "B") == "  两端 空格\n");
    CHECK(field(*fields, "A") == "a]]>b");
    CHECK(field(*fields, "C") == "<&A");
    CHECK(field(*fields, "E").empty());
    CHECK(field(*fields, "Absent").empty());
}

TEST_CASE("text that leaves as CDATA comes back unchanged, without what XML forbids", "[adapters][wechat][xml]") {
    using Row = std::tuple<std::string, std::string>;
    const auto [sent, read] = GENERATE(table<std::string, std::string>({
        Row{"老板]]>跑了", "老板]]>跑了"},
        Row{"]]>]]>", "]]>]]>"},
        Row{"]]", "]]"},
        Row{"a<b>&c;", "a<b>&c;"},
        Row{"\x01控\x0b制\x1f", "控制"},
        Row{"一\r\n二", "一\n二"},
    }));
    const auto fields = read_xml("<xml><a>" + cdata(sent) + "</a></xml>");
    REQUIRE(fields.has_value());
    CHECK(field(*fields, "a") == read);
}
