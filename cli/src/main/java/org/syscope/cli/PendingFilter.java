package org.syscope.cli;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.lang.Expression;
import org.syscope.filters.lang.FilterException;

/**
 * Which calls in flight a filter lets through. A call that is not over has no event: of the filter counts what is about the
 * type of the call, and each of its terms that is only about the thread that makes it, its user or its container. What is
 * about the call's result, its fd or the time lets all through.
 */
final class PendingFilter {

    /** Families of fields that every event of a thread has alike. */
    private static final List<String> FAMILIES = List.of("proc.", "thread.", "user.", "group.", "container.", "k8s.");
    /** Of these, what only accounts of the CPU time tell. */
    private static final List<String> ACCOUNTS = List.of("thread.cpu", "thread.exectime", "thread.totexectime");

    private final Filter filter;
    private final Filter threads;
    private final SystemState state;
    private final CurrentEvent context;
    private final Event event = new Event();
    private final ByteBuffer bytes = ByteBuffer.allocate(Event.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * What a filter lets through.
     *
     * @param filter of the run; null lets all through
     */
    PendingFilter(Filter filter, FieldCatalog catalog, SystemState state) {
        this.filter = filter;
        this.threads = filter == null ? null : threadPart(filter.expression(), catalog);
        this.state = state;
        this.context = new CurrentEvent(state);
        bytes.putInt(16, Event.HEADER_LENGTH).putShort(20, (short) EventCodes.PPME_PROCINFO_E);
    }

    private static Filter threadPart(Expression whole, FieldCatalog catalog) {
        FilterCompiler compiler = new FilterCompiler(catalog);
        List<String> parts = new ArrayList<>();
        try {
            for (Expression term : whole instanceof Expression.And and ? and.terms() : List.of(whole)) {
                List<Field> fields = compiler.compile(term.toString()).fields();
                if (!fields.isEmpty() && fields.stream().allMatch(field -> isOfThread(field.info().name()))) {
                    parts.add(term.toString());
                }
            }
            return parts.isEmpty() ? null : compiler.compile(String.join(" and ", parts));
        } catch (FilterException impossible) {
            throw new IllegalStateException("a part of a filter is none: " + whole, impossible);
        }
    }

    private static boolean isOfThread(String field) {
        return FAMILIES.stream().anyMatch(field::startsWith) && ACCOUNTS.stream().noneMatch(field::startsWith);
    }

    /**
     * Whether a call is to be listed.
     *
     * @param code its PPM_SC code, 0 if the schema does not know it
     * @param tid the thread that makes it, which the state knows if it is known at all; the state looks at it afterwards
     */
    boolean wants(int code, long tid) {
        if (!DriverRequest.concerns(filter, code)) {
            return false;
        }
        if (threads == null) {
            return true;
        }
        bytes.putLong(8, tid);
        try {
            event.wrap(MemorySegment.ofArray(bytes.array()), 0, Event.HEADER_LENGTH, 0, 0);
        } catch (MalformedEventException impossible) {
            throw new IllegalStateException("an event of its own is none", impossible);
        }
        context.point(event);
        state.lookAt(state.threads().get(tid));
        return threads.matches(context);
    }
}
