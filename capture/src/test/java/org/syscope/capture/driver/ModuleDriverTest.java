package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource.Next;
import org.syscope.capture.linux.Errno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the driver asks of the kernel module, what it makes of its rings, and what it says when something is wrong. */
class ModuleDriverTest {
    private static final int EPROTO = 71;
    private static final int ENODEV = 19;
    private static final int PENDING = 8;

    @TempDir
    private Path folder;

    private static DriverOptions options(int cpusPerBuffer, boolean onlyTraced) {
        DriverOptions defaults = DriverOptions.defaults();
        return new DriverOptions(1 << 16, cpusPerBuffer, 1234, defaults.exits(), defaults.enters(), true, true, onlyTraced);
    }

    private ModuleDriver open(FakeModule module, DriverOptions options, int... cpus) throws IOException {
        return ModuleDriver.open(options, module, cpus);
    }

    @Test
    void beginsJoinsGivesRingsAndStarts() throws IOException {
        FakeModule module = new FakeModule(folder, 4);
        try (ModuleDriver driver = open(module, options(2, false), 0, 1, 3)) {
            assertThat(driver.name()).isEqualTo("kmod");
            assertThat(driver.leftOut()).isEmpty();
            assertThat(module.log).containsExactly("begin 0 version 2", "join 1 to 0", "join 2 to 0", "join 3 to 0",
                    "ring 0 of 65536 with -1", "ring 1 of 65536 with 0", "ring 3 of 65536 with -1", "settings");
            ByteBuffer settings = ByteBuffer.wrap(module.settings).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(settings.getInt(16)).isEqualTo((int) ProcessHandle.current().pid());
            assertThat(settings.getInt(24)).isEqualTo(1234);
            assertThat(settings.get(32 + DriverOptions.SCHED_SWITCH)).isEqualTo((byte) 1);
            assertThat(settings.get(32 + DriverOptions.PAGE_FAULT_USER)).isEqualTo((byte) 0);
            assertThat(settings.get(32 + DriverOptions.IO_URING_ENTER) & 8).as("what opens and closes fds").isEqualTo(8);
        }
        assertThat(module.allClosed()).isTrue();
    }

    @Test
    void eventsOfAllRingsInTheirOrderThenTheLastLossThenTheEnd() throws IOException {
        FakeModule module = new FakeModule(folder, 2);
        try (ModuleDriver driver = open(module, options(1, false), 0, 1)) {
            module.write(0, 0, 0, 100, 3);
            module.write(1, 1, 0, 50, 4);
            module.write(0, 0, 48, 200, 5);
            module.count(1, 0, 9);
            module.count(1, 1, 7);
            module.count(1, 2, 2);
            module.count(1, PENDING, 2);
            module.count(1, PENDING + 1, 150);
            driver.stopCapture();
            Event event = new Event();
            assertThat(driver.next(event)).isEqualTo(Next.EVENT);
            assertThat(event.timestamp()).isEqualTo(50);
            assertThat(event.cpu()).isEqualTo(1);
            assertThat(driver.next(event)).isEqualTo(Next.EVENT);
            assertThat(event.timestamp()).isEqualTo(100);
            assertThat(driver.next(event)).isEqualTo(Next.EVENT);
            assertThat(event.timestamp()).isEqualTo(200);
            assertThat(driver.next(event)).isEqualTo(Next.EVENT);
            assertThat(event.tid()).isEqualTo(Event.NO_TID);
            assertThat(driver.next(event)).isEqualTo(Next.END);
            assertThat(driver.statistics().seen()).isEqualTo(9);
            assertThat(driver.statistics().sent()).isEqualTo(7);
            assertThat(driver.statistics().perCpu()).containsExactly(0L, 2L);
            assertThat(module.log).endsWith("stop");
        }
    }

    @Test
    void stopEndsAWait() throws IOException {
        try (ModuleDriver driver = open(new FakeModule(folder, 1), options(1, false), 0)) {
            driver.stop();
            assertThat(driver.next(new Event())).isEqualTo(Next.IDLE);
        }
    }

    @Test
    void tracedProcesses() throws IOException {
        FakeModule module = new FakeModule(folder, 1);
        try (ModuleDriver driver = open(module, options(1, true), 0)) {
            assertThat(driver.tracesAny()).isFalse();
            driver.trace(42);
            assertThat(driver.tracesAny()).isTrue();
            assertThat(driver.traces(42)).isTrue();
            assertThat(driver.traces(43)).isFalse();
            driver.forget(42);
            assertThat(driver.tracesAny()).isFalse();
        }
        try (ModuleDriver driver = open(new FakeModule(Files.createTempDirectory(folder, "all"), 1), options(1, false), 0)) {
            assertThat(driver.traces(43)).isTrue();
        }
    }

    @Test
    void mutesThreadsInSharedMemory() throws IOException {
        FakeModule module = new FakeModule(folder, 1);
        try (ModuleDriver driver = open(module, options(1, false), 0)) {
            assertThat(ByteBuffer.wrap(module.settings).order(ByteOrder.LITTLE_ENDIAN).getInt(20) & 8).isZero();
            assertThat(driver.startMuting()).isTrue();
            assertThat(ByteBuffer.wrap(module.settings).order(ByteOrder.LITTLE_ENDIAN).getInt(20) & 8).isEqualTo(8);
            driver.mute(42, 1234);
            assertThat(module.judged(42)).as("by what was seen before changes were accounted for").isZero();
            driver.mute(42, Long.MAX_VALUE);
            assertThat(module.judged(42)).isEqualTo(Long.MAX_VALUE & ~0xff);
            driver.mute(42 + 3 * 16384, Long.MAX_VALUE);
            assertThat(module.judged(42)).as("the place changed hands").isEqualTo(Long.MAX_VALUE & ~0xff | 3);
            driver.unmute(42);
            assertThat(module.judged(42)).as("another thread's").isNotZero();
            assertThat(driver.muting().threads()).isEqualTo(1);
            driver.unmute(42 + 3 * 16384);
            assertThat(module.judged(42)).isZero();
            driver.mute(1 << 22, Long.MAX_VALUE);
            assertThat(module.judged(0)).as("no thread has such an id").isZero();
        }
    }

    @Test
    void mutesNobodyWhileLossesAreUntold() throws IOException {
        FakeModule module = new FakeModule(folder, 1);
        try (ModuleDriver driver = open(module, options(1, false), 0)) {
            driver.startMuting();
            driver.mute(42, Long.MAX_VALUE);
            driver.mute(43, Long.MAX_VALUE);
            module.count(0, PENDING, 3);
            for (int i = 0; i < 100; i++) {
                driver.mute(44, Long.MAX_VALUE);
            }
            assertThat(module.judged(42)).isZero();
            assertThat(module.judged(43)).isZero();
            assertThat(module.judged(44)).isZero();
            assertThat(driver.muting().threads()).isZero();
            module.count(0, PENDING, 0);
            driver.mute(44, Long.MAX_VALUE);
            assertThat(module.judged(44)).isNotZero();
            driver.unmuteAll();
            assertThat(module.judged(44)).isZero();
        }
    }

    @Test
    void sharedRingsCannotMute() throws IOException {
        try (ModuleDriver driver = open(new FakeModule(folder, 2), options(2, false), 0, 1)) {
            assertThat(driver.startMuting()).as("their order is not certain").isFalse();
            assertThat(driver.muting()).isNull();
        }
    }

    @Test
    void callsInFlight() throws IOException {
        try (ModuleDriver driver = open(new FakeModule(folder, 1), options(1, false), 0)) {
            List<CallInFlight> calls = driver.callsInFlight();
            assertThat(calls).hasSize(1);
            assertThat(calls.getFirst().tid()).isEqualTo(77);
            assertThat(calls.getFirst().since()).isEqualTo(1000);
            assertThat(calls.getFirst().number()).isEqualTo(35);
        }
    }

    @Test
    void missingTracepointsAreNamedIfTheyAreWanted() throws IOException {
        FakeModule module = new FakeModule(folder, 1);
        module.hooks &= ~(1 << 3 | 1 << 5);
        try (ModuleDriver driver = open(module, options(1, false), 0)) {
            assertThat(driver.leftOut())
                    .containsExactly("left out: context switches: this kernel has no tracepoint sched_switch");
        }
    }

    private DriverException refusal(FakeModule module) {
        DriverException refused = catchThrowableOfType(DriverException.class, () -> open(module, options(1, false), 0));
        assertThat(module.allClosed()).isTrue();
        return refused;
    }

    @Test
    void notLoaded() {
        FakeModule module = new FakeModule(folder, 1);
        module.openRefusal = Errno.ENOENT;
        assertThat(refusal(module)).hasMessage("kernel module: it is not loaded: /dev/syscope0: ENOENT");
        assertThat(refusal(module).hint()).isEqualTo("load it with 'syscope driver load'");
        module.openRefusal = ENODEV;
        assertThat(refusal(module)).hasMessageContaining("it is not loaded");
    }

    @Test
    void notRoot() {
        FakeModule module = new FakeModule(folder, 1);
        module.openRefusal = Errno.EACCES;
        assertThat(refusal(module)).hasMessage("kernel module: /dev/syscope0: EACCES");
        assertThat(refusal(module).hint()).isEqualTo("run as root, or with CAP_SYS_ADMIN");
    }

    @Test
    void anotherVersion() {
        FakeModule module = new FakeModule(folder, 1);
        module.version = 7;
        assertThat(refusal(module)).hasMessage("kernel module: the loaded one has interface version 7, this syscope needs 2");
        assertThat(refusal(module).hint()).contains("syscope driver unload");
        module.version = -EPROTO;
        assertThat(refusal(module)).hasMessageContaining("/dev/syscope0 is no device of this module: EPROTO");
    }

    @Test
    void busyOrShortOfMemory() {
        FakeModule module = new FakeModule(folder, 1);
        module.refusals.put(ModuleRequests.settings(552), Errno.EBUSY);
        assertThat(refusal(module)).hasMessage("kernel module: settings: EBUSY");
        assertThat(refusal(module).hint()).contains("trace already");
        module.refusals.put(ModuleRequests.RING, Errno.ENOMEM);
        assertThat(refusal(module)).hasMessage("kernel module: ring of 65536 bytes for CPU 0: ENOMEM");
        assertThat(refusal(module).hint()).contains("--buffer-size");
    }

    @Test
    void theKindSeesWhetherTheModuleIsLoaded() throws IOException {
        Path device = folder.resolve("syscope0");
        assertThat(new ModuleKind(device).refusal()).startsWith("the module is not loaded (" + device + " is missing)");
        Files.createFile(device);
        assertThat(new ModuleKind(device).refusal()).isNull();
        assertThat(new ModuleKind().name()).isEqualTo("kmod");
    }
}
