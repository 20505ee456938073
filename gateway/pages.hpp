// The two built pages and their assets, read into memory at start.
#pragma once

#include <map>
#include <string>

#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Immutable after load(); reading is thread-safe.
class Pages {
public:
    /// `dir`: where citizen.html, console.html and assets/ are. Missing pages are no error: they then say so.
    static Pages load(const std::string& dir);
    bool present() const { return files_.contains("citizen.html"); }
    /// The file, or nullptr. Only names found at load() exist, so a path can never leave the folder.
    const std::string* find(const std::string& name) const;

private:
    std::map<std::string, std::string> files_;
};

/// The Content-Security-Policy: only what we serve ourselves is loaded or run; `ancestors`: pages that may frame ours.
std::string content_security_policy(const std::vector<std::string>& ancestors);

/// Registers /, /chat/{inbox}, /console, /console/{*}, /assets/{*}, /openapi.json, /healthz, /readyz.
void add_page_routes(Router& router, Services& services, const Pages& pages);
/// Registers /healthz, /readyz and /metrics on the private listener.
void add_private_routes(Router& router, Services& services);

}  // namespace yuanda::gateway
