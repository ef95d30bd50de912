using System.Globalization;
using MesoClinic.Application.Cocktails;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Cocktails;

/// <summary>Stock and recalls in the words of the pages.</summary>
internal static class LotWords
{
    public static readonly IReadOnlyList<TabLinks.Tab> Tabs = [new("lots", "Stock"), new("lots/products", "Products"), new("lots/recipes", "Recipes")];

    public static readonly IReadOnlyList<Choice> CorrectionReasons = [.. CorrectStock.Reasons.Select(reason => new Choice(reason.ToString(), reason.Word()))];

    public static readonly IReadOnlyList<Choice> Ways = [.. Enum.GetValues<ContactWay>().Select(way => new Choice(way.ToString(), way.Word()))];

    public static string Word(this StockReason reason) => reason switch
    {
        StockReason.Received => "Delivery",
        StockReason.Session => "Opened for a session",
        StockReason.TestDose => "Opened for an allergy test",
        StockReason.OpenedUnused => "Opened, nothing injected",
        StockReason.Broken => "Broken",
        StockReason.Expired => "Expired and thrown away",
        StockReason.Withdrawn => "Sent back or destroyed after a recall",
        StockReason.Lost => "Missing",
        _ => "Counted anew",
    };

    public static string Word(this ContactWay way) => way switch
    {
        ContactWay.Phone => "By phone",
        ContactWay.InPerson => "In person",
        ContactWay.Letter => "By letter",
        _ => "By e-mail",
    };

    public static string Word(this GetRecall.Reached state) => state switch
    {
        GetRecall.Reached.All => "Everybody",
        GetRecall.Reached.ToReach => "To reach",
        GetRecall.Reached.NotReached => "Could not be reached",
        GetRecall.Reached.Reached => "Reached",
        _ => "Acknowledged",
    };

    public static Decision Role(this GetRecall.Reached state) => state switch
    {
        GetRecall.Reached.Acknowledged => Decision.Allow,
        GetRecall.Reached.Reached => Decision.AllowWithCaution,
        GetRecall.Reached.NotReached => Decision.Postpone,
        _ => Decision.Incomplete,
    };

    public static string Word(this RecallReach.How how, decimal? ml) => how switch
    {
        RecallReach.How.EnteredByMistake => "entered by mistake",
        RecallReach.How.Cream => "cream on the skin",
        RecallReach.How.NamedInAddendum => "named in an addendum",
        RecallReach.How.TestDose => "test dose",
        _ => string.Create(CultureInfo.InvariantCulture, $"{ml:0.##} ml"),
    };

    public static string Word(this GetStock.StockView view) => view switch
    {
        GetStock.StockView.OnShelf => "On the shelf",
        GetStock.StockView.ExpiresSoon => "Expires soon",
        GetStock.StockView.Expired => "Expired, still there",
        GetStock.StockView.Recalled => "Recalled",
        GetStock.StockView.UsedUp => "Used up",
        _ => "All",
    };

    public static string Milligrams(this ProductIngredient ingredient, string title) =>
        ingredient.MgPerMl is { } mg ? string.Create(CultureInfo.InvariantCulture, $"{title} {mg:0.####} mg/ml") : title;

    public static string Change(int change) => change > 0 ? $"+{change.ToString(CultureInfo.InvariantCulture)}" : change < 0 ? $"−{(-change).ToString(CultureInfo.InvariantCulture)}" : "0";

    public static string Ampoules(int count) => count == 1 ? "1 ampoule" : $"{count.ToString(CultureInfo.InvariantCulture)} ampoules";
}
