using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Assessing;

/// <summary>At the start of a session every plan field that an applicable rule reads must be filled in, whatever the rest says.</summary>
internal sealed class StartRequirements
{
    /// <summary>A plan field by its name in a request, and what it means that it is not filled in. Its place is its bit.</summary>
    private static readonly (string Name, Func<Case, bool> IsMissing)[] Fields =
    [
        ("indication", c => c.Plan.Source.Indication is null),
        ("areas", c => c.Plan.Source.Areas is null),
        ("technique", c => c.Plan.Source.Technique is null),
        ("ingredients", c => c.Plan.Source.Ingredients is null),
        ("setting", c => c.Plan.Source.Setting is null),
        ("durationMin", c => c.Plan.Source.DurationMin is null),
        ("sessionNumber", c => c.Plan.Source.SessionNumber is null),
        ("lastSession", c => c.Plan.Source is { LastSession: null, SessionNumber: not 1 }),
        ("firstUseOfProduct", c => c.Plan.Source.FirstUseOfProduct is null),
        ("skinTestDocumented", c => c.Plan.Source.SkinTestDocumented is null),
        ("consultationDone", c => c.Plan.Source.ConsultationDone is null),
        ("productTraceable", c => c.Plan.Source.ProductTraceable is null),
        ("ampouleOpenedBefore", c => c.Plan.Source.AmpouleOpenedBefore is null),
        ("productExpired", c => c.Plan.Source.ProductExpired is null),
        ("asepsisComplete", c => c.Plan.Source.AsepsisComplete is null),

        // Only a needle has a diameter, a speed and a volume.
        ("administration", c => c.Plan.Source.Administration is null && !c.Plan.IsNeedleFree),
        ("injectionSpeed", c => c.Plan.Source.InjectionSpeed is null && !c.Plan.IsNeedleFree),
        ("needleOuterDiameterMm", c => c.Plan.Source.NeedleOuterDiameterMm is null && !c.Plan.IsNeedleFree),
        ("volumePerInjectionMl", c => c.Plan.Source.VolumePerInjectionMl is null && !c.Plan.IsNeedleFree),
        ("volumeTotalMl", c => c.Plan.Source.VolumeTotalMl is null && !c.Plan.IsNeedleFree),
    ];

    /// <summary>Fields that any rule reads which applies to a treatment: by alternative (last: none), needle, and whether it is an allergy test.</summary>
    private readonly int[] read;

    public StartRequirements(IReadOnlyList<Rule> rules, int alternatives)
    {
        read = new int[(alternatives + 1) * 4];
        for (var treatment = 0; treatment < read.Length; treatment++)
        {
            var alternative = treatment / 4 == alternatives ? Catalogue.NoAlternative : treatment / 4;
            var purpose = (treatment & 1) == 0 ? Purpose.Session : Purpose.AllergyTest;
            read[treatment] = rules.Where(rule => rule.AppliesTo(alternative, (treatment & 2) != 0, purpose)).Aggregate(0, (all, rule) => all | rule.PlanFields);
        }
    }

    public static int Bits(Formula formula) => formula.Clauses.SelectMany(clause => clause.PlanFields).Aggregate(0, (all, name) => all | Bits(name));

    public static int Bits(string name) => 1 << Array.FindIndex(Fields, field => string.Equals(field.Name, name, StringComparison.Ordinal));

    public void AddTo(ref List<string>? missing, Case facts)
    {
        if (facts.Stage != Stage.Start)
        {
            return;
        }
        var alternative = facts.Plan.Alternative == Catalogue.NoAlternative ? (read.Length / 4) - 1 : facts.Plan.Alternative;
        var needed = read[(alternative * 4) + (facts.Plan.IsNeedleFree ? 2 : 0) + (facts.Request.Purpose == Purpose.AllergyTest ? 1 : 0)];
        for (var field = 0; field < Fields.Length; field++)
        {
            if ((needed & (1 << field)) != 0 && Fields[field].IsMissing(facts))
            {
                (missing ??= []).Add(Fields[field].Name);
            }
        }
    }
}
