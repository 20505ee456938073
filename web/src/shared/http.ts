// One way to call the gateway: JSON in, JSON out, and every failure as an ApiError a person can be shown.

/** `status` 0 means that no answer came (offline, refused, timed out). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly request_id = "",
  ) {
    super(message);
  }
  get is_network(): boolean {
    return this.status === 0;
  }
}

export interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeout_ms?: number;
  /** Lets the request outlive the page: for leaving at once. */
  keepalive?: boolean;
}

const no_answer = "网络连不上。请检查网络，稍后再试。";
const odd_answer = "刚才出了点问题，请稍后再试。";

export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), options.timeout_ms ?? 15000);
  const stop = () => limit.abort();
  options.signal?.addEventListener("abort", stop);
  let response: Response;
  let text = "";
  try {
    response = await fetch(path, {
      method: options.method ?? "GET",
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: limit.signal,
      keepalive: options.keepalive,
      credentials: "same-origin",
      cache: "no-store",
    });
    text = await response.text();
  } catch {
    throw new ApiError(0, "offline", no_answer);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
  return read_answer<T>(response, text);
}

function read_answer<T>(response: Response, text: string): T {
  let body: unknown = null;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    // A proxy's HTML error page: the status still says enough.
  }
  if (response.ok) {
    if (body === null && text !== "") throw new ApiError(response.status, "internal", odd_answer);
    return body as T;
  }
  const error = (body as { error?: { code?: string; message?: string; request_id?: string } } | null)?.error;
  throw new ApiError(
    response.status,
    error?.code ?? (response.status >= 502 ? "unavailable" : "internal"),
    error?.message ?? odd_answer,
    error?.request_id ?? response.headers.get("x-request-id") ?? "",
  );
}

export function as_api_error(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(500, "internal", odd_answer);
}
