// Matches a path against the routes, segment by segment.
#include "gateway/http.hpp"

namespace yuanda::gateway {
namespace {

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> out;
    if (path.starts_with('/')) path.remove_prefix(1);
    for (;;) {
        const std::size_t end = std::min(path.find('/'), path.size());
        out.emplace_back(path.substr(0, end));
        if (end == path.size()) return out;
        path.remove_prefix(end + 1);
    }
}

bool is_parameter(const std::string& segment) { return segment.starts_with('{'); }

/// The values of the pattern's parameters, or nullopt when the path is another one.
std::optional<std::vector<std::string>> match(const std::vector<std::string>& pattern,
                                              const std::vector<std::string>& path) {
    std::vector<std::string> params;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == "{*}") {
            std::string rest;
            for (std::size_t j = i; j < path.size(); ++j) rest += (j > i ? "/" : "") + path[j];
            params.push_back(std::move(rest));
            return params;
        }
        if (i >= path.size()) return std::nullopt;
        if (is_parameter(pattern[i])) {
            if (path[i].empty()) return std::nullopt;
            params.push_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    if (path.size() != pattern.size()) return std::nullopt;
    return params;
}

}  // namespace

void Router::add(Route route) {
    segments_.push_back(split_path(route.pattern));
    routes_.push_back(std::move(route));
}

RouteMatch Router::find(std::string_view method, std::string_view path) const {
    const auto parts = split_path(path);
    if (method == "HEAD") method = "GET";
    RouteMatch result;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        auto params = match(segments_[i], parts);
        if (!params) continue;
        result.path_known = true;
        if (routes_[i].method != method) continue;
        result.route = &routes_[i];
        result.params = std::move(*params);
        return result;
    }
    return result;
}

}  // namespace yuanda::gateway
