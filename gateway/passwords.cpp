// Argon2id by libsodium: 64 MiB and three passes, as RFC 9106 section 4 recommends where memory is scarce.
#include "gateway/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <semaphore>

#include "core/text.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::size_t kShortest = 10;
constexpr std::size_t kLongestBytes = 128;
constexpr int kClasses = 3;
constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemory = 64U * 1024 * 1024;
constexpr std::ptrdiff_t kAtOnce = 4;  // 256 MiB in all, however many people log in

/// No 0 o 1 l i u v: what is read aloud or copied from paper must come out the same. 29 characters.
constexpr std::string_view kReadable = "23456789abcdefghjkmnpqrstwxyz";
constexpr std::size_t kGroups = 4;
constexpr std::size_t kGroupLength = 4;

std::counting_semaphore<kAtOnce>& places() {
    static std::counting_semaphore<kAtOnce> semaphore{kAtOnce};
    return semaphore;
}

std::atomic<int> in_work{0};

class Place {
public:
    Place() {
        places().acquire();
        ++in_work;
    }
    ~Place() {
        --in_work;
        places().release();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
};

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

int classes_of(std::string_view password) {
    bool capital = false, small = false, digit = false, other = false;
    for (const char c : password) {
        if (c >= 'A' && c <= 'Z')
            capital = true;
        else if (c >= 'a' && c <= 'z')
            small = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return capital + small + digit + other;
}

/// A random place in kReadable; bytes beyond the last whole multiple are thrown away, so none is favoured.
char readable(Random& random) {
    constexpr auto kFair = 256 / kReadable.size() * kReadable.size();
    for (;;) {
        std::array<std::byte, 1> drawn{};
        random.fill(drawn);
        const auto value = std::to_integer<std::size_t>(drawn[0]);
        if (value < kFair) return kReadable[value % kReadable.size()];
    }
}

}  // namespace

Result<> check_password(std::string_view password, std::string_view login) {
    if (!is_clean_utf8(password)) return invalid("密码里有无法识别的字符，请换一个。");
    if (code_points(password) < kShortest) return invalid("密码至少要10位，请再加长一些。");
    if (password.size() > kLongestBytes) return invalid("密码太长了，请控制在128个字符以内。");
    if (classes_of(password) < kClasses) return invalid("密码要包含大写字母、小写字母、数字、符号中的三种。");
    if (!login.empty() && lower_case(password).find(lower_case(login)) != std::string::npos)
        return invalid("密码里不能含有登录名，请换一个。");
    return {};
}

Result<std::string> hash_password(std::string_view password) {
    if (sodium_init() < 0) return Error(ErrorCode::Internal, "libsodium does not start");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const Place place;
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return Error(ErrorCode::Unavailable, "not enough memory to hash a password");
    return std::string(hash.data());
}

bool verify_password(const std::string& hash, std::string_view password) {
    if (sodium_init() < 0) return false;
    // A hash of another shape would be refused at once and tell that the login does not exist.
    static const auto decoy = hash_password("nobody has this");
    const bool usable = hash.starts_with(crypto_pwhash_argon2id_STRPREFIX);
    const Place place;
    if (!usable && !decoy) return false;
    const auto& checked = usable ? hash : *decoy;
    const bool right = crypto_pwhash_str_verify(checked.c_str(), password.data(), password.size()) == 0;
    return right && usable;
}

int passwords_in_work() { return in_work; }

std::string one_time_password(Random& random) {
    const auto has = [](const std::string& text, auto test) { return std::any_of(text.begin(), text.end(), test); };
    for (;;) {
        std::string out;
        for (std::size_t i = 0; i < kGroups * kGroupLength; ++i) {
            if (i > 0 && i % kGroupLength == 0) out += '-';
            out += readable(random);
        }
        // Letters only, or digits only, would miss the rule of three classes.
        if (has(out, [](char c) { return c >= '0' && c <= '9'; }) && has(out, [](char c) { return c >= 'a'; }))
            return out;
    }
}

}  // namespace yuanda::gateway
