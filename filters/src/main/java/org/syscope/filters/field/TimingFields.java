package org.syscope.filters.field;

import org.syscope.capture.event.EventFlag;
import org.syscope.filters.text.ClockText;
import org.syscope.filters.text.DurationText;
import org.syscope.filters.text.OutputBuffer;

/** Times between events: latency of calls, time since the event before, and the time that lines begin with. */
final class TimingFields {

    private static final long SECOND = 1_000_000_000L;
    private static final double MAX_DECADES = 11;
    private static final int SCALE = 100;

    private final FieldEnvironment environment;
    private final ClockText clock;

    TimingFields(FieldEnvironment environment) {
        this.environment = environment;
        this.clock = new ClockText(environment.zone());
    }

    Field create(FieldInfo info) {
        return switch (info.name()) {
            case "evt.latency" -> latency(info, ns -> ns);
            case "evt.latency.s" -> latency(info, ns -> ns / SECOND);
            case "evt.latency.ns" -> latency(info, ns -> ns % SECOND);
            case "evt.latency.quantized" -> new BoundField(info, null,
                    (c, out) -> isTimed(c) && latency(c) > 0 && TableFamily.number(out, quantized(latency(c))));
            case "evt.latency.human" -> new RenderedField(info, null, 30, (c, out, escape) -> {
                if (isTimed(c)) {
                    DurationText.append(out, latency(c));
                }
                return isTimed(c);
            });
            case "evt.wait_latency" -> new BoundField(info, null,
                    (c, out) -> endsWait(c.eventCode(), -1) && TableFamily.number(out, latency(c)))
                    .only(TimingFields::endsWait);
            case "evt.deltatime" -> delta(info, ns -> ns);
            case "evt.deltatime.s" -> delta(info, ns -> ns / SECOND);
            case "evt.deltatime.ns" -> delta(info, ns -> ns % SECOND);
            case "evt.outputtime" -> outputTime(info);
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    @FunctionalInterface
    private interface Part {
        long of(long nanos);
    }

    private static boolean isTimed(EventContext context) {
        return !EventKinds.isInternal(context.eventCode());
    }

    private static boolean endsWait(int code, int call) {
        return EventKinds.isExit(code) && EventKinds.is(code, EventFlag.WAITS);
    }

    private static long latency(EventContext context) {
        return context.state().thread() == null ? 0 : Math.max(0, context.state().latency());
    }

    private static Field latency(FieldInfo info, Part part) {
        return new BoundField(info, null, (c, out) -> isTimed(c) && TableFamily.number(out, part.of(latency(c)))).cost(5);
    }

    private static long quantized(long nanos) {
        return (long) (Math.min(Math.log10(nanos), MAX_DECADES) * SCALE / MAX_DECADES) + 1;
    }

    /** Time since the event for which the same field was asked last. */
    private static final class Delta {
        private long last = -1;

        long next(long time) {
            long delta = last == -1 ? 0 : time - last;
            last = time;
            return delta;
        }
    }

    private static Field delta(FieldInfo info, Part part) {
        Delta delta = new Delta();
        return new BoundField(info, null,
                (c, out) -> TableFamily.number(out, part.of(delta.next(c.event().timestamp()))));
    }

    private Field outputTime(FieldInfo info) {
        RenderedField.Writer writer = switch (environment.timeFormat()) {
            case LOCAL -> (c, out, escape) -> {
                clock.time(out, c.event().timestamp(), true);
                return true;
            };
            case ABSOLUTE -> (c, out, escape) -> seconds(out, c.event().timestamp());
            case RELATIVE -> (c, out, escape) -> seconds(out, Math.max(0, c.event().timestamp() - c.firstTimestamp()));
            case LATENCY -> (c, out, escape) -> seconds(out, latency(c));
            case DELTA -> {
                Delta delta = new Delta();
                yield (c, out, escape) -> seconds(out, delta.next(c.event().timestamp()));
            }
        };
        return new RenderedField(info, null, 60, writer).eventTime();
    }

    private static boolean seconds(OutputBuffer out, long nanos) {
        ClockText.seconds(out, nanos);
        return true;
    }
}
