package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.lang.Expression;
import org.syscope.filters.lang.FilterException;

/**
 * Tells the driver which threads a filter can never match as they are now, so that their events need not be sent: those that
 * do not satisfy the part of the filter that is about the thread alone, such as {@code proc.name=nginx}. Allocates nothing
 * per event.
 */
final class UnwantedThreads {

    /** Fields that change only by a call of the thread itself that changes the state. */
    private static final Set<String> FIELDS = Set.of("proc.name", "proc.exe", "proc.exepath", "proc.args", "proc.cmdline",
            "proc.exeline", "proc.pid", "proc.vpid", "thread.tid", "thread.vtid", "container.id");

    private final Filter test;
    private final Driver driver;

    private UnwantedThreads(Filter test, Driver driver) {
        this.test = test;
        this.driver = driver;
    }

    /** The part of a filter that is about the thread alone; empty if it has none. */
    static String part(Expression filter, FieldCatalog catalog) {
        List<String> parts = new ArrayList<>();
        for (Expression term : filter instanceof Expression.And and ? and.terms() : List.of(filter)) {
            try {
                List<Field> fields = new FilterCompiler(catalog).compile(term.toString()).fields();
                if (!fields.isEmpty() && fields.stream().allMatch(field -> FIELDS.contains(field.info().name()))) {
                    parts.add(term.toString());
                }
            } catch (FilterException impossible) {
                throw new IllegalStateException("a part of a filter is none: " + term, impossible);
            }
        }
        return String.join(" and ", parts);
    }

    /**
     * Begins to tell a driver.
     *
     * @param filter of the run; null if there is none
     * @return null where the filter has no such part, the driver cannot mute threads, or more is wanted of the events than
     *     the filter says
     */
    static UnwantedThreads begin(Settings settings, Filter filter, FieldCatalog catalog, Driver driver) throws IOException {
        if (filter == null || settings.has(Option.CHISEL) || settings.has(Option.DISPLAY_FILTER)
                || settings.has(Option.DUMP_ON) || settings.pendingNanos() >= 0) {
            return null;
        }
        String part = part(filter.expression(), catalog);
        try {
            return part.isEmpty() || !driver.startMuting() ? null
                    : new UnwantedThreads(new FilterCompiler(catalog).compile(part), driver);
        } catch (FilterException impossible) {
            throw new IllegalStateException("a part of a filter is none: " + part, impossible);
        }
    }

    /** The filter has refused the current event. */
    void refused(EventContext context) {
        ThreadInfo thread = context.state().thread();
        long tid = context.event().tid();
        if (context.eventCode() == EventCodes.PPME_PROCEXIT_1_E) {
            driver.mute(tid, 0);
        } else if (thread != null && thread.tid == tid && thread.comm != ThreadInfo.NOT_AVAILABLE && !test.matches(context)) {
            driver.mute(tid, context.event().timestamp());
        }
    }
}
