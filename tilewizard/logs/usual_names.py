"""The names under which logs usually have what Datadog has a place of its own for."""

STANDARD = {
    "network.client.ip": ("client_ip", "clientip", "remote_addr", "ip", "src_ip", "source_ip"),
    "http.method": ("method", "http_method", "verb"),
    "http.status_code": ("status_code", "http_status", "response_code"),
    "http.url": ("url", "uri", "request_uri", "path"),
    "http.useragent": ("user_agent", "useragent", "agent"),
    "usr.id": ("user_id", "userid"),
    "usr.email": ("email", "user_email"),
    "usr.name": ("username", "user_name"),
    "error.message": ("error_message", "exception_message"),
    "error.stack": ("stack", "stack_trace", "stacktrace", "traceback"),
    "logger.name": ("logger", "logger_name"),
    "logger.thread_name": ("thread", "thread_name"),
}
"""Datadog's standard attributes by the names under which logs often have them."""
DATES = (
    "timestamp",
    "@timestamp",
    "time",
    "date",
    "ts",
    "datetime",
    "event_time",
    "eventTime",
    "created_at",
    "rt",
    "devTime",
)
LEVELS = ("status", "level", "severity", "log_level", "loglevel", "lvl")
MESSAGES = ("message", "msg", "event_message", "text")
TRACES = ("trace_id", "dd.trace_id", "traceId", "traceID", "otel.trace_id")
SPANS = ("span_id", "dd.span_id", "spanId", "spanID", "otel.span_id")
SERVICES = ("service", "app", "application", "service_name")
