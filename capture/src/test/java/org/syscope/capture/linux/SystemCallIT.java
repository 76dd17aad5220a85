package org.syscope.capture.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls reach the kernel with their arguments, and errors come back by their names. */
class SystemCallIT {
    @Test
    void resultsAndErrors() {
        assertThat(SystemCall.GETPID.call()).isEqualTo(ProcessHandle.current().pid());
        long closed = SystemCall.CLOSE.call(-1);
        assertThat(closed).isNegative();
        assertThat(Errno.of(closed)).hasToString("EBADF");
        assertThat(new Errno(133)).hasToString("EHWPOISON");
        assertThat(new Errno(117)).hasToString("EUCLEAN");
        assertThat(new Errno(524)).hasToString("ENOTSUPP");
        assertThat(new Errno(4000)).hasToString("errno 4000");
    }

    @Test
    void epollTellsWhichDescriptorIsReady() throws IOException {
        try (Epoll epoll = new Epoll(4); Arena arena = Arena.ofConfined();
                Fd one = new Fd((int) SystemCall.EVENTFD2.call(0, 0));
                Fd other = new Fd((int) SystemCall.EVENTFD2.call(0, 0))) {
            epoll.add(one, 11);
            epoll.add(other, -22);
            assertThat(epoll.await(0)).isZero();
            MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
            assertThat(SystemCall.WRITE.call(other.number(), number.address(), 8)).isEqualTo(8);
            assertThat(epoll.await(1000)).isEqualTo(1);
            assertThat(epoll.token(0)).isEqualTo(-22);
            epoll.remove(other);
            assertThat(epoll.await(0)).isZero();
        }
    }

    @Test
    void aClosedDescriptorIsNotUsedAgain() throws IOException {
        Fd fd = new Fd((int) SystemCall.EVENTFD2.call(0, 0));
        fd.close();
        fd.close();
        assertThat(fd.isOpen()).isFalse();
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void factsOfTheMachine() throws IOException {
        assertThat(Cpus.possibleCount()).isGreaterThanOrEqualTo(Cpus.online().length);
        assertThat(KernelVersion.running().major()).isGreaterThanOrEqualTo(3);
        assertThat(Mapping.pageSize()).isIn(4096, 16384, 65536);
        long wall = Clock.MONOTONIC.nanos() + Clock.MONOTONIC.nanosToWallTime();
        assertThat(wall / 1_000_000_000L).isBetween(System.currentTimeMillis() / 1000 - 1,
                System.currentTimeMillis() / 1000 + 1);
    }
}
