// Remembers the answers to recent questions: menu taps and shared worries repeat themselves.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace yuanda::kb::detail {

/// Least recently used out first. Thread-safe. Lives and dies with one generation, so nothing goes stale.
template <class Value>
class Cache {
public:
    explicit Cache(std::size_t capacity) : capacity_(capacity) {}

    std::optional<Value> find(const std::string& key) {
        const std::lock_guard lock{mutex_};
        const auto found = places_.find(key);
        if (found == places_.end()) return std::nullopt;
        items_.splice(items_.begin(), items_, found->second);
        return found->second->second;
    }

    void put(const std::string& key, Value value) {
        const std::lock_guard lock{mutex_};
        if (places_.contains(key)) return;
        items_.emplace_front(key, std::move(value));
        places_.emplace(key, items_.begin());
        if (items_.size() <= capacity_) return;
        places_.erase(items_.back().first);
        items_.pop_back();
    }

    std::size_t size() {
        const std::lock_guard lock{mutex_};
        return items_.size();
    }

private:
    using Items = std::list<std::pair<std::string, Value>>;
    std::size_t capacity_;
    std::mutex mutex_;
    Items items_;
    std::unordered_map<std::string, typename Items::iterator> places_;
};

}  // namespace yuanda::kb::detail
