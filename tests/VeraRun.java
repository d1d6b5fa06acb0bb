import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Validates files against profiles with the veraPDF library, for as long as it is asked to.
 *
 * <p>Reads a request from each line of standard input: profiles with commas between them, a tab, and the
 * address of a file (file:///...). Answers in UTF-8 with lines of fields with tabs between them: "fault", profile,
 * rule, message and place for every rule that is broken; then "result", profile, "pass" or "fail" and the number
 * of checks. A file that cannot be read gets "error", profile and the reason. The line "end" ends an answer.
 * Profiles are read with DOM, because the library comes without the XML binding that its own reader needs.
 */
public final class VeraRun {
    private static final Map<String, String> PROFILES =
            Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A", "2u", "PDFA-2U", "2b", "PDFA-2B", "3a", "PDFA-3A");

    /** More faults of one rule than this say nothing new. */
    private static final int MAX_FAULTS = 10_000;

    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private VeraRun() {}

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new HashMap<>();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] request = line.split("\t");
            File file = new File(URI.create(request[1]));
            for (String name : request[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.fromString(name);
                if (!profiles.containsKey(name)) {
                    profiles.put(name, readProfile(flavour, PROFILES.get(name)));
                }
                validate(name, flavour, profiles.get(name), file);
            }
            print("end");
            OUT.flush();
        }
    }

    private static void validate(String name, PDFAFlavour flavour, ValidationProfile profile, File file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result =
                    ValidatorFactory.createValidator(profile, MAX_FAULTS, false, false, false).validate(parser);
            Set<String> faults = new LinkedHashSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    if (faults.add(rule)) {
                        print("fault", name, rule, assertion.getMessage(), assertion.getLocation().getContext());
                    }
                }
            }
            print("result", name, result.isCompliant() ? "pass" : "fail", "" + result.getTotalAssertions());
        } catch (Exception problem) {
            print("error", name, problem.toString());
        }
    }

    private static void print(String... fields) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = String.valueOf(fields[i]).replaceAll("\\s+", " ");
        }
        OUT.println(String.join("\t", fields));
    }

    private static ValidationProfile readProfile(PDFAFlavour flavour, String name) throws Exception {
        Element root;
        String resource = "org/verapdf/pdfa/validation/" + name + ".xml";
        try (InputStream stream = VeraRun.class.getClassLoader().getResourceAsStream(resource)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        NodeList elements = root.getElementsByTagName("rule");
        for (int i = 0; i < elements.getLength(); i++) {
            rules.add(readRule((Element) elements.item(i)));
        }
        Set<Variable> variables = new HashSet<>();
        elements = root.getElementsByTagName("variable");
        for (int i = 0; i < elements.getLength(); i++) {
            Element variable = (Element) elements.item(i);
            variables.add(
                    Profiles.variableFromValues(
                            variable.getAttribute("name"),
                            variable.getAttribute("object"),
                            text(variable, "defaultValue"),
                            text(variable, "value")));
        }
        return Profiles.profileFromValues(
                flavour, Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }

    private static Rule readRule(Element rule) {
        Element id = (Element) rule.getElementsByTagName("id").item(0);
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                deferred,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), new ArrayList<>()),
                new ArrayList<Reference>());
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
