using System.Globalization;
using MesoClinic.Application.Complications;
using MesoClinic.Domain.Complications;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Complications;

internal static class ComplicationText
{
    public static string Dial(string phone) => "tel:" + string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'));

    public static string Word(this ComplicationState state) => state.ToString();

    /// <summary>"54 hours after the session", in days when it is long.</summary>
    public static string AfterSession(decimal hours) =>
        hours < 1 ? "within the first hour after" : hours < 96 ? $"{hours.ToString("0", CultureInfo.InvariantCulture)} hours after" : $"{(hours / 24).ToString("0", CultureInfo.InvariantCulture)} days after";

    public static string Overdue(int days) => days switch
    {
        0 => "Due today",
        1 => "Overdue 1 day",
        _ => $"Overdue {days} days",
    };

    public static IReadOnlyList<Choice> Choices(IEnumerable<GetComplication.Choice> rows) => [.. rows.Select(row => new Choice(row.Id, row.Title))];
}
