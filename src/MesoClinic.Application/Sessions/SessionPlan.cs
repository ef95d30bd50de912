using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>What a session's record says to the rule book.</summary>
internal static class SessionPlan
{
    public static PlannedTreatment Of(Session session) => new()
    {
        Indication = session.Indication,
        Areas = [.. session.Areas.Select(a => a.Area)],
        Technique = session.Technique,
        Administration = session.Administration,
        Ingredients = Ingredients(session),
    };

    public static List<string> Ingredients(Session session) =>
        [.. Products(session).SelectMany(p => p.Ingredients).Select(i => i.Ingredient).Concat(session.AnaestheticCream == true ? [Session.CreamIngredient] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds what only the record knows. What was not recorded stays null, and so is missing at the start.</summary>
    public static TreatmentPlan Complete(TreatmentPlan known, Session session, RuleBook book, int minutes, DateOnly today)
    {
        var knowledge = book.Knowledge;
        var mixed = session.Mixed.Count > 0;
        var plan = IsNeedleFree(session, book) ? WithoutCocktail(known) : known;
        return plan with
        {
            NeedleOuterDiameterMm = session.NeedleOuterDiameterMm,
            DepthMm = session.Totals.DeepestMm,
            VolumePerInjectionMl = session.Totals.LargestMl,
            VolumeTotalMl = VolumeMl(session),
            DurationMin = minutes,
            InjectionSpeed = session.InjectionSpeed,
            Doses = mixed ? [.. Doses(session).SelectMany(product => product)] : null,
            LabelVerifiedFreeOf = VerifiedFree(session, knowledge),
            LabelCompositionVerified = VerifiedComposition(session),
            ProductTraceable = mixed ? session.Mixed.TrueForAll(line => line.Lot is { Number.Length: > 0 }) : plan.ProductTraceable,
            AmpouleOpenedBefore = session.NewSealedAmpoules ? false : plan.AmpouleOpenedBefore,
            // What the injections began with is in the skin already; nothing more is taken of it (see DraftLines).
            ProductExpired = mixed ? session.Mixed.Exists(line => !line.IsJudged && line.Lot!.ExpiresOn < today) : plan.ProductExpired,
            ProductRecalled = session.Mixed.Exists(line => !line.IsJudged && line.Lot!.RecalledUtc is not null),
            AsepsisComplete = knowledge.StepsBeforeNeedle.All(step => session.AsepsisDone.Contains(step.Id, StringComparer.Ordinal)) && (session.AnaestheticCream is not null || book.IsNeedleFree(session.Technique)),
        };
    }

    /// <summary>Whatever was mixed may be injected, and whatever stands on the map; while a product is not measured out nobody knows how much that is.</summary>
    public static decimal? VolumeMl(Session session) => session.Totals.JudgedMl(session.Mixed.Count > 0 && session.Mixed.TrueForAll(line => line.VolumeMl > 0) ? session.VolumeTotalMl : null);

    /// <summary>No needle and nothing mixed: what would be asked of a cocktail is answered.</summary>
    public static bool IsNeedleFree(Session session, RuleBook book) => session.Mixed.Count == 0 && session.AnaestheticCream != true && book.IsNeedleFree(session.Technique);

    private static TreatmentPlan WithoutCocktail(TreatmentPlan known) => known with
    {
        Ingredients = [],
        FirstUseOfProduct = false,
        SkinTestDocumented = false,
        ProductTraceable = true,
        AmpouleOpenedBefore = false,
        ProductExpired = false,
    };

    private static IEnumerable<Product> Products(Session session) => session.Mixed.Select(line => line.Lot!.Product!);

    /// <summary>
    /// Line by line what goes in of each ingredient and which product brings it, whatever its lot; nothing of a mistake. Unknown while the label gives no
    /// concentration, or nothing is measured out.
    /// </summary>
    public static List<IReadOnlyList<Dose>> Doses(Session session) => session.Cocktail.ConvertAll(line => (IReadOnlyList<Dose>)(line.Mistake is null ? line.Lot!.Product!.Ingredients : [])
        .ConvertAll(own => line.VolumeMl > 0 ? new Dose(own.Ingredient, own.MgPerMl * line.VolumeMl, line.VolumeMl, NameOf(line.Lot!)) : new Dose(own.Ingredient, null, null, NameOf(line.Lot!))));

    /// <summary>A test dose is one product, as its maker mixed it.</summary>
    public static IReadOnlyList<Dose> TestDose(Lot lot) => lot.Product!.Ingredients.ConvertAll(own => new Dose(own.Ingredient, null, null, NameOf(lot)));

    private static string NameOf(Lot lot) => lot.ProductId.ToString();

    /// <summary>Allergens that every product which could contain them was checked to be free of. The cream's label nobody has checked.</summary>
    private static List<string> VerifiedFree(Session session, KnowledgeBase knowledge)
    {
        var products = Products(session).ToList();
        return [.. products.SelectMany(p => p.LabelFreeOf).Distinct(StringComparer.Ordinal)
            .Where(allergen => products.Where(p => MayContain(p.Ingredients.ConvertAll(own => own.Ingredient), allergen)).All(p => p.LabelFreeOf.Contains(allergen, StringComparer.Ordinal)))
            .Where(allergen => session.AnaestheticCream != true || !MayContain([Session.CreamIngredient], allergen))];

        bool MayContain(List<string> ingredients, string allergen) => knowledge.Ingredients
            .Where(i => ingredients.Contains(i.Id, StringComparer.Ordinal))
            .Any(i => i.Allergens.Contains(allergen, StringComparer.Ordinal) || i.AllergensPossible.Contains(allergen, StringComparer.Ordinal));
    }

    /// <summary>Ingredients whose every product was checked; one that no product brings was checked by nobody.</summary>
    private static List<string> VerifiedComposition(Session session) =>
        [.. Ingredients(session).Where(id => Products(session).Where(p => p.Ingredients.Exists(i => i.Ingredient == id)).ToList() is { Count: > 0 } with && with.TrueForAll(p => p.CompositionVerified))];
}
