// One connection with its prepared statements, and Query, through which every SQL sentence of the room goes.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "storage/detail/chain.hpp"
#include "storage/detail/dialect.hpp"

namespace yuanda::storage {

/// A variable that a statement is bound to. Bound once, at the statement's first run; later runs only set it.
struct Slot {
    std::string text;
    long long number = 0;  // int loses digits silently in SOCI 4.0
    double real = 0;
    soci::indicator state = soci::i_ok;
};

struct Prepared {
    explicit Prepared(soci::session& sql) : statement(sql) {}
    std::deque<Slot> ins, outs;  // addresses must stay; declared first, so that the statement goes before them
    soci::statement statement;
    bool bound = false;
};

/// Belongs to one thread at a time.
class Session {
public:
    Session(const Dialect& dialect, Role role);  // throws as Dialect::connect

    const Dialect& dialect() const { return *dialect_; }
    /// The event chain of the writer; null on readers.
    Chain* chain() { return chain_ ? &*chain_ : nullptr; }

    std::string script(const std::string& statements) { return dialect_->script(*sql_, statements); }
    void commit() { dialect_->commit(*sql_); }
    void after_commit() { dialect_->after_commit(*sql_); }
    std::string describe() { return dialect_->describe(*sql_); }

    /// Runs `work`; whatever the engine throws comes back as a redacted Error.
    Result<> attempt(const std::function<Result<>()>& work);
    /// The connection is known to be dead; reconnect() before the next use.
    bool lost() const { return lost_; }
    /// A new connection in place of this one.
    Result<> reconnect();

private:
    friend class Query;
    std::unique_ptr<Prepared> take(const std::string& statement);

    const Dialect* dialect_;
    Role role_;
    std::unique_ptr<soci::session> sql_;
    // Declared after the connection, so that statements go before it.
    std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared_;
    std::optional<Chain> chain_;
    bool lost_ = false;
};

/// One run of a prepared statement: in() for each parameter in order, out() for each column, then run() or next().
/// Parameters are named in the text but bound by position, each name once, and of one type for one text. Throws
/// inside Session::attempt.
class Query {
public:
    Query(Session& session, std::string statement);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    Query& in(std::string value);  // refuses NUL: PostgreSQL would cut the text there
    Query& in(std::string_view value) { return in(std::string(value)); }
    Query& in(const char* value) { return in(std::string(value)); }
    Query& in(std::int64_t value);
    Query& in(int value) { return in(static_cast<std::int64_t>(value)); }
    Query& in(bool value) { return in(static_cast<std::int64_t>(value)); }
    Query& in(double value);
    Query& in(TimePoint value) { return in(static_cast<std::int64_t>(to_epoch_ms(value))); }
    Query& in(const std::optional<TimePoint>& value);
    template <class Tag>
    Query& in(const Id<Tag>& id) {
        return in(id.value);
    }

    Query& out(std::string& value);
    Query& out(std::int64_t& value);
    Query& out(double& value);
    Query& out(int& value);
    Query& out(bool& value);
    Query& out(TimePoint& value);
    Query& out(std::optional<TimePoint>& value);
    template <class Tag>
    Query& out(Id<Tag>& id) {
        return out(id.value);
    }

    /// Executes; returns the number of rows changed.
    std::int64_t run();
    /// Executes at the first call; fills the out() variables while there is a row.
    bool next();

private:
    Slot& next_in();
    /// The slot of the next column; `deliver` copies it out after each fetched row.
    Slot& next_out(std::function<void(const Slot&)> deliver);
    Query& number_out(std::function<void(const Slot&)> deliver);

    Session* session_;
    std::string text_;
    std::unique_ptr<Prepared> prepared_;
    std::size_t ins_ = 0;
    std::vector<std::function<void(const Slot&)>> deliveries_;
    bool executed_ = false;
    bool exhausted_ = false;
};

}  // namespace yuanda::storage
