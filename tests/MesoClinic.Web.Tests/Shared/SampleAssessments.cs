using MesoClinic.Rules;
using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Tests.Shared;

internal static class SampleAssessments
{
    public static readonly KnowledgeTitles Titles = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ci-fever"] = "Fever" },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["alt-electrophoresis"] = "Electrophoresis of actives" },
        new Dictionary<string, QuestionTitle>(StringComparer.Ordinal)
        {
            ["q-pregnant"] = new("Are you pregnant?", Answerer.Patient),
            ["v-skin-infection"] = new("Skin infection inside the planned area", Answerer.Clinician),
        },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["src-1"] = "Source document 1" });

    public static Assessment Of(Decision decision, params Finding[] findings) =>
        new(decision, null, [], findings, [], [], "sha256:3f9a00112233c2e1");

    public static Finding Finding(Decision action, string rule = "ci-some-rule", Tier tier = Tier.Absolute) =>
        new(rule, tier, action, "Current anticoagulant treatment", "Takes rivaroxaban since 3 March 2025.", "bruises grow", "the prescriber has ended it", ["alt-electrophoresis"], ["src-1"]);
}
