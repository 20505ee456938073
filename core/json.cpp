// A counting SAX pass in front of the DOM: depth, nodes and duplicate keys are refused before memory is spent.
#include "core/json.hpp"

#include <set>

#include "core/text.hpp"

namespace yuanda {
namespace {

class Gate : public nlohmann::json_sax<Json> {
public:
    explicit Gate(const JsonLimits& limits) : limits_(limits) {}

    bool null() override { return node(); }
    bool boolean(bool) override { return node(); }
    bool number_integer(number_integer_t) override { return node(); }
    bool number_unsigned(number_unsigned_t) override { return node(); }
    bool number_float(number_float_t, const string_t&) override { return node(); }
    bool string(string_t&) override { return node(); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override {
        keys_.emplace_back();
        return open();
    }
    bool key(string_t& name) override {
        if (keys_.back().insert(name).second) return true;
        reason = "duplicate key";
        return false;
    }
    bool end_object() override {
        keys_.pop_back();
        return close();
    }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        reason = "bad syntax";
        return false;
    }

    std::string reason = "bad syntax";

private:
    bool node() {
        if (++nodes_ <= limits_.nodes) return true;
        reason = "too many nodes";
        return false;
    }
    bool open() {
        if (++depth_ > limits_.depth) {
            reason = "too deep";
            return false;
        }
        return node();
    }
    bool close() {
        --depth_;
        return true;
    }

    JsonLimits limits_;
    std::size_t depth_ = 0;
    std::size_t nodes_ = 0;
    std::vector<std::set<std::string>> keys_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
    if (!is_clean_utf8(text)) return invalid("json: not clean UTF-8");
    Gate gate{limits};
    if (!Json::sax_parse(text, &gate)) return invalid("json: " + gate.reason);
    Json parsed = Json::parse(text, nullptr, false);
    if (parsed.is_discarded()) return invalid("json: bad syntax");
    return parsed;
}

std::string text_or(const Json& object, std::string_view key, std::string_view fallback) {
    if (!object.is_object()) return std::string(fallback);
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::string(fallback);
    return found->get<std::string>();
}

std::int64_t int_or(const Json& object, std::string_view key, std::int64_t fallback) {
    if (!object.is_object()) return fallback;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return fallback;
    const bool too_large =
        found->is_number_unsigned() &&
        found->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return too_large ? fallback : found->get<std::int64_t>();
}

}  // namespace yuanda
