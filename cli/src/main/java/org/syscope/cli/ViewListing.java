package org.syscope.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.syscope.chisels.views.ViewDefinition;
import org.syscope.filters.format.JsonText;
import org.syscope.filters.text.OutputBuffer;

/** The list of views as JSON, in csysdig's form. */
final class ViewListing {

    private final OutputBuffer out = new OutputBuffer();

    private ViewListing() {
    }

    static String json(List<ViewDefinition> views) {
        ViewListing listing = new ViewListing();
        for (int i = 0; i < views.size(); i++) {
            listing.out.ascii(i == 0 ? "[" : ",\n");
            listing.view(views.get(i));
        }
        listing.out.ascii(views.isEmpty() ? "[]\n" : "]\n");
        return new String(listing.out.array(), 0, listing.out.length(), StandardCharsets.UTF_8);
    }

    private void view(ViewDefinition view) {
        out.append('{');
        texts("appliesTo", view.appliesTo());
        word("canDrillDown", view.type() == ViewDefinition.Type.TABLE ? "true" : "false");
        text("description", view.description());
        text("drilldownTarget", view.drilldownTarget());
        text("filter", view.filter());
        text("id", view.id());
        word("isRoot", view.root() ? "true" : "false");
        text("name", view.name());
        texts("tags", view.tags());
        texts("tips", view.tips());
        out.truncate(out.length() - 1);
        out.append('}');
    }

    private void name(String name) {
        out.append('"');
        out.ascii(name);
        out.ascii("\":");
    }

    private void word(String name, String word) {
        name(name);
        out.ascii(word);
        out.append(',');
    }

    private void text(String name, String text) {
        name(name);
        string(text);
        out.append(',');
    }

    private void texts(String name, List<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        name(name);
        out.append('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            string(texts.get(i));
        }
        out.ascii("],");
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonText.string(out, bytes, 0, bytes.length);
    }
}
