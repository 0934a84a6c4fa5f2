import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.FeatureStructure;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

/**
 * Reads a CAS as UIMA does: java ReadCas.java TypeSystem.xml IN.xmi OUT.xmi. Prints of each mention its view, text,
 * label and identifier, of each correspondence its label and the identifiers of its ends; writes the CAS again.
 */
public class ReadCas {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        TypeSystemDescription types = UIMAFramework.getXMLParser()
            .parseTypeSystemDescription(new XMLInputSource(arguments[0]));
        CAS cas = CasCreationUtils.createCas(types, null, null);
        try (InputStream in = new FileInputStream(arguments[1])) {
            XmiCasDeserializer.deserialize(in, cas, false);
        }
        for (String side : new String[] {"zh", "en"}) {
            print(cas.getView(side), side);
        }
        try (OutputStream out = new FileOutputStream(arguments[2])) {
            XmiCasSerializer.serialize(cas, out);
        }
    }

    private static void print(CAS view, String side) {
        Type mention = view.getTypeSystem().getType("webanno.custom.Mention");
        for (AnnotationFS one : view.getAnnotationIndex(mention)) {
            row("mention", side, one.getCoveredText(), string(one, "label"), string(one, "identifier"));
        }
        Type correspondence = view.getTypeSystem().getType("webanno.custom.Correspondence");
        for (AnnotationFS one : view.getAnnotationIndex(correspondence)) {
            row("link", side, string(one, "label"), end(one, "Governor"), end(one, "Dependent"));
        }
        Type token = view.getTypeSystem().getType("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token");
        for (AnnotationFS one : view.getAnnotationIndex(token)) {
            row("token", side, one.getCoveredText());
        }
    }

    private static String end(FeatureStructure one, String name) {
        return string(one.getFeatureValue(one.getType().getFeatureByBaseName(name)), "identifier");
    }

    private static String string(FeatureStructure one, String name) {
        return one.getStringValue(one.getType().getFeatureByBaseName(name));
    }

    private static void row(String... cells) {
        OUT.println(String.join("\t", cells).replace("\n", "\\n"));
    }
}
