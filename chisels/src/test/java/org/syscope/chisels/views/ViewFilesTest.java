package org.syscope.chisels.views;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.LuaTable;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.ChiselPath;
import org.syscope.chisels.lua.LuaEngine;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;

import static org.assertj.core.api.Assertions.assertThat;

/** View files: those of ours, those of the user, and what is none. */
class ViewFilesTest {

    private static final Path STOCK = Path.of("src/main/resources/chisels");
    private static final int ROUNDS = 60;

    @TempDir
    private Path folder;

    private List<ViewDefinition> load(List<String> problems) throws Exception {
        return ViewLibrary.load(new ChiselPath(List.of(folder), List.of()), false, problems::add).all();
    }

    private String problem(String text) throws Exception {
        Files.writeString(folder.resolve("v_own.lua"), text);
        List<String> problems = new ArrayList<>();
        load(problems);
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst()).startsWith("view ").contains("v_own.lua").doesNotContain("\n");
        return problems.getFirst();
    }

    private static String view(String more, String columns) {
        return "view_info = {id = \"own\", name = \"Own\", " + more + " columns = {" + columns + "}}";
    }

    @Test
    void everyStockViewSaysWhatItIsAndItsTargetsExist() throws Exception {
        for (boolean containers : new boolean[]{false, true}) {
            ViewLibrary library = FileRun.stock(containers);
            assertThat(library.all()).hasSizeGreaterThan(35);
            for (ViewDefinition view : library.all()) {
                assertThat(view.description()).as(view.id()).isNotBlank();
                assertThat(view.drilldownTarget().isEmpty() || library.has(view.drilldownTarget())).as(view.id()).isTrue();
                assertThat(view.shownColumns()).as(view.id()).allSatisfy(
                        column -> assertThat(column.description()).as(column.name()).isNotBlank());
                assertThat(view.actions().stream().map(ViewAction::hotkey).distinct().count())
                        .as(view.id()).isEqualTo(view.actions().size());
            }
        }
    }

    @Test
    void aFileOfTheUsersHidesOurs() throws Exception {
        Files.writeString(folder.resolve("v_procs.lua"), Files.readString(STOCK.resolve("v_procs.lua"))
                .replace("name = \"Processes\"", "name = \"Mine\""));
        List<String> problems = new ArrayList<>();
        assertThat(load(problems)).filteredOn(view -> view.id().equals("procs")).extracting(ViewDefinition::name)
                .containsExactly("Mine");
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        String key = "{name = \"NA\", field = \"proc.pid\", is_key = true},";
        String column = "{name = \"PID\", field = \"proc.pid\"}";
        assertThat(problem("view_info = {")).contains("does not load");
        assertThat(problem(view("", column))).endsWith("no column has is_key");
        assertThat(problem(view("", key + key + column))).endsWith("more than one column has is_key");
        assertThat(problem(view("view_type = \"list\",", key + column))).endsWith("a list has no column with is_key");
        assertThat(problem(view("view_type = \"tree\",", key + column))).contains("table, list or spectrogram");
        assertThat(problem(view("", key))).endsWith("no column beside the key");
        assertThat(problem(view("", key + "{name = \"C\", field = \"evt.count\", aggregation = \"SUMM\"}")))
                .endsWith("unknown view column aggregation SUMM");
        assertThat(problem(view("filter = {},", key + column))).endsWith("filter must be a text");
        assertThat(problem("view_info = {name = \"Own\"}")).endsWith("a view has no id");
    }

    @Test
    void aFieldThatDoesNotExistIsToldWhenTheViewIsOpened() throws Exception {
        ViewDefinition view = new ViewReader("here").read(lua(view("", "{name = \"NA\", field = \"proc.pid\", is_key = true},"
                + "{name = \"C\", field = \"proc.nam\"}")));
        try {
            new ViewTable(view, StandardFields.catalog(FieldEnvironment.of(new SystemState(null))), 0);
            throw new AssertionError("opened");
        } catch (ViewException e) {
            assertThat(e.getMessage()).contains("view own, column C").contains("proc.nam");
        }
    }

    private static LuaTable lua(String text) throws Exception {
        LuaEngine engine = new LuaEngine(OutputStream.nullOutputStream(), name -> null);
        engine.call(engine.load(new LuaEngine.Source("here", text.getBytes(StandardCharsets.UTF_8))));
        return engine.globals().rawget("view_info").checktable();
    }

    @Test
    void damagedFilesAreRefusedInOneLineOrUnderstood() throws Exception {
        Random random = new Random(11);
        byte[] text = (view("filter = \"evt.type!=switch\", tags = {\"Default\"}, is_root = true,",
                "{name = \"NA\", field = \"thread.tid\", is_key = true}, {name = \"PID\", field = \"proc.pid\", colsize = 7, "
                        + "aggregation = \"MAX\", is_sorting = true}") + "\n").getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 8; i++) {
                byte[] damaged = text.clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                Files.write(folder.resolve("v_own" + i + ".lua"), damaged);
            }
            List<String> problems = new ArrayList<>();
            load(problems);
            assertThat(problems).allSatisfy(problem -> assertThat(problem).startsWith("view "));
            refused += problems.size();
        }
        assertThat(refused).isBetween(ROUNDS, ROUNDS * 8 - 1);
    }
}
