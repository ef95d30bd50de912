using System.Runtime.InteropServices;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <param name="Prefixes">Keys of the ICD-10 prefixes that rules speak of and this code begins with.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordedCondition(ConditionFact Fact, int[] Prefixes, AreaSet Areas)
{
    public ulong Fingerprint { get; } = KeySets.Fingerprint(Prefixes);
}

/// <param name="Kind">Key of the kind of event.</param>
/// <param name="Day">Day number.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordedEvent(EventFact Fact, int Kind, int Day, AreaSet Areas);

/// <param name="Key">Key of the allergen.</param>
/// <param name="ReactsTo">Keys of the allergen itself and of what it is taken to cross-react with.</param>
internal sealed record RecordedAllergy(string Id, int Key, int[] ReactsTo);

/// <summary>A row of the ingredient table, its allergens as keys.</summary>
/// <param name="Facts">Everything about it that rules wait for.</param>
/// <param name="FirstOf">Indexes of the incompatible pairs of which it may be the first.</param>
internal sealed record PlannedIngredient(Ingredient Row, int Key, int[] Allergens, int[] AllergensPossible, int[] Facts, int[] FirstOf)
{
    /// <summary>Whether it belongs below the dermis.</summary>
    public bool IsDeep { get; } = Row.Layer is InjectionLayer.Subcutaneous or InjectionLayer.DeepDermalOrSubcutaneous or InjectionLayer.Intramuscular;

    /// <summary>Part of a product without being what it is injected for.</summary>
    public bool IsExcipient { get; } = Row.Status == IngredientStatus.Excipient;

    /// <summary>Lies on the skin, such as the anaesthetic cream.</summary>
    public bool IsTopical { get; } = Row.Layer == InjectionLayer.Topical;
}

/// <param name="Alternative">Index of the alternative that it is, if it is one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TechniqueFact(bool IsKnown, bool IsNeedleFree, int Alternative)
{
    public static readonly TechniqueFact None = new(IsKnown: true, IsNeedleFree: false, Catalogue.NoAlternative);
}
