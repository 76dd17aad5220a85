package org.syscope.filters.eval;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A running filter allocates nothing, whatever it asks. */
final class FilterAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {
        "proc.name=cat and evt.type in (open, close)",
        "fd.name startswith /etc",
        "proc.aname=sshd and fd.sip=10.0.0.1",
        "fd.name contains etc and fd.name icontains ETC and fd.name endswith d",
        "fd.name glob '/e*/[a-z]?ss*' and fd.name iglob '/E*'",
        "fd.name pmatch (/usr, /etc, /h*/x)",
        "fd.num in (1,2,3,4,5,6,7,8,9,10) and fd.num > 2 and t.double < 0.5",
        "fd.net in (10.0.0.0/8, fe80::/10) and fd.port != 22 and fd.ip != 10.0.0.3",
        "fd.types intersects (file, pipe) and fd.types in (file, ipv4)",
        "proc.name != allof (a, b) and fd.name startswith anyof (/usr, /etc)",
        "proc.name != val(proc.pname) and fd.name contains val(proc.pname)",
        "tolower(basename(fd.name)) = passwd and toupper(proc.name) = CAT",
        "b64(evt.buffer) = hello and len(fd.types) = 2 and join(',', fd.types) != x",
        "concat(proc.name, '-', fd.name) startswith cat and getopt(proc.argv, 'ab:')[b] = 5",
        "getopt(proc.argv, 'ab:') intersects (b)",
        "fd.name regex '/(etc|usr)/[a-z]*/?.*' and proc.name regex anyof ('x+', '[[:alpha:]]{3}')",
        "evt.buffer bcontains 5673 and evt.dir=< and not evt.is_io=true",
        "not fd.cip exists or fd.cnet = 1.0.0.0/8",
    })
    @MethodSource("longFilters")
    void allocatesNothing(String text) throws Exception {
        Filter filter = new FilterCompiler(FakeFields.catalog()).compile(text);
        FakeEvent[] events = {
            FakeEvent.of("proc.name:cat;proc.pname:e;fd.name:/etc/passwd;fd.num:5;t.double:0.25;evt.code:3;"
                    + "proc.aname:bash|sshd;fd.sip:10.0.0.1;fd.ip:10.0.0.1|10.0.0.2;fd.net:10.0.0.1|10.0.0.2;"
                    + "fd.port:443|5000;fd.types:file|ipv4;proc.argv:-a|-b|5;evt.buffer:aGVsbG8="),
            FakeEvent.of("proc.name:dog;fd.name:/usr/bin/x;evt.code:5;fd.port:22"),
            FakeEvent.of("-")};
        int matched = run(filter, events);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            matched = run(filter, events);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(matched).as("the test's events must reach every part").isPositive();
        assertThat(least).as("bytes for %d events", EVENTS).isZero();
    }

    static String[] longFilters() {
        return new String[] {
            IntStream.range(0, 100).mapToObj(i -> "proc.name=p" + i).collect(Collectors.joining(" or "))
                    + " or proc.name=cat",
            IntStream.range(0, 50).mapToObj(i -> "(fd.name contains x" + i + " and fd.num=" + i + ")")
                    .collect(Collectors.joining(" or ")) + " or fd.num=5"};
    }

    private static int run(Filter filter, FakeEvent[] events) {
        int matched = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (filter.matches(events[i % events.length])) {
                matched++;
            }
        }
        return matched;
    }
}
