package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.filters.text.ClockText;
import org.syscope.filters.text.OutputBuffer;

/** Facts that every event has, whatever its source: number, time, source. */
final class GenericFields extends TableFamily {

    private static final long SECOND = 1_000_000_000L;

    private final ClockText clock;

    GenericFields(FieldRows rows, FieldEnvironment environment) {
        super("generic", rows);
        this.clock = new ClockText(environment.zone());
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "evt.num" -> plain(info, event -> event.number());
            case "evt.time" -> clock(info, (out, time) -> clock.time(out, time, true));
            case "evt.time.s" -> clock(info, (out, time) -> clock.time(out, time, false));
            case "evt.time.iso8601" -> clock(info, clock::iso8601);
            case "evt.datetime" -> clock(info, (out, time) -> clock.dateTime(out, time, true));
            case "evt.datetime.s" -> clock(info, (out, time) -> clock.dateTime(out, time, false));
            case "evt.rawtime" -> plain(info, Event::timestamp);
            case "evt.rawtime.s" -> plain(info, event -> Long.divideUnsigned(event.timestamp(), SECOND));
            case "evt.rawtime.ns" -> plain(info, event -> Long.remainderUnsigned(event.timestamp(), SECOND));
            case "evt.reltime" -> new BoundField(info, null, (c, out) -> number(out, relative(c))).cost(1);
            case "evt.reltime.s" -> new BoundField(info, null, (c, out) -> number(out, relative(c) / SECOND)).cost(1);
            case "evt.reltime.ns" -> new BoundField(info, null, (c, out) -> number(out, relative(c) % SECOND)).cost(1);
            case "evt.pluginname" -> new BoundField(info, null, (c, out) -> false).only(GenericFields::isPlugin);
            case "evt.plugininfo" -> new BoundField(info, null, GenericFields::pluginData).only(GenericFields::isPlugin);
            case "evt.source" -> new BoundField(info, null,
                    (c, out) -> ascii(out, isPlugin(c.eventCode(), -1) ? "plugin" : "syscall"));
            case "evt.is_async" -> new BoundField(info, null, (c, out) -> bool(out, isMeta(c.eventCode(), -1)));
            case "evt.asynctype" -> new BoundField(info, null, GenericFields::asyncType).only(GenericFields::isMeta);
            case "evt.hostname" -> new BoundField(info, null, (c, out) -> text(out, c.state().machine().hostname()));
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    @FunctionalInterface
    private interface EventNumber {
        long of(Event event);
    }

    @FunctionalInterface
    private interface TimeText {
        void append(OutputBuffer out, long time);
    }

    private static Field plain(FieldInfo info, EventNumber number) {
        return new BoundField(info, null, (c, out) -> number(out, number.of(c.event()))).cost(1);
    }

    private static Field clock(FieldInfo info, TimeText text) {
        return new RenderedField(info, null, 60, (c, out, escape) -> {
            text.append(out, c.event().timestamp());
            return true;
        }).eventTime();
    }

    private static long relative(EventContext context) {
        return Math.max(0, context.event().timestamp() - context.firstTimestamp());
    }

    private static boolean isPlugin(int eventCode, int syscallCode) {
        return eventCode == EventCodes.PPME_PLUGINEVENT_E;
    }

    private static boolean isMeta(int eventCode, int syscallCode) {
        return EventType.known(eventCode) && EventType.of(eventCode).category().startsWith("METAEVENT");
    }

    /** The plugin itself is not here to say what its data means, so the data is what can be told. */
    private static boolean pluginData(EventContext context, FieldValue out) {
        Event event = context.event();
        if (!isPlugin(context.eventCode(), -1) || !event.has(1)) {
            return false;
        }
        out.setBytes(event.segment(), event.parameterOffset(1), event.parameterLength(1));
        return true;
    }

    private static boolean asyncType(EventContext context, FieldValue out) {
        if (!isMeta(context.eventCode(), -1)) {
            return false;
        }
        Event event = context.event();
        if (context.eventCode() == EventCodes.PPME_ASYNCEVENT_E) {
            out.setBytes(event.segment(), event.parameterOffset(1), event.stringLength(1));
            return true;
        }
        return ascii(out, event.type().name());
    }
}
