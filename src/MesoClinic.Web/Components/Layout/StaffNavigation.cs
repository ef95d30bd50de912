using System.Security.Claims;

namespace MesoClinic.Web.Components.Layout;

/// <summary>Which pages a role works with, in the order of its day. It only shows the way: what a person may do is decided in the handlers.</summary>
internal static class StaffNavigation
{
    /// <summary>Who may open the staff's pages at all.</summary>
    public const string StaffRoles = "Cosmetologist,Manager";

    internal sealed record Item(string Href, string Text, string Icon);

    private static readonly Item Today = new("today", "Today", "today");
    private static readonly Item Calendar = new("calendar", "Calendar", "calendar");
    private static readonly Item Courses = new("courses", "Courses", "points");
    private static readonly Item Patients = new("patients", "Patients", "patients");
    private static readonly Item Complications = new("complications", "Complications", "complications");
    private static readonly Item Lots = new("lots", "Lots", "lots");
    private static readonly Item RuleBook = new("rules", "Rule book", "rules");
    private static readonly Item Audit = new("audit", "Audit", "audit");
    private static readonly Item Staff = new("staff", "Staff", "staff");

    public static IReadOnlyList<Item> For(ClaimsPrincipal user) => (user.IsInRole("Cosmetologist"), user.IsInRole("Manager")) switch
    {
        (true, false) => [Today, Calendar, Patients, Courses, Complications, Lots, RuleBook],
        (false, true) => [Complications, Calendar, Patients, Courses, Lots, RuleBook, Audit, Staff],
        (true, true) => [Today, Calendar, Patients, Courses, Complications, Lots, RuleBook, Audit, Staff],
        _ => [],
    };

    public static string RoleText(ClaimsPrincipal user) => (user.IsInRole("Cosmetologist"), user.IsInRole("Manager")) switch
    {
        (true, false) => "Clinician",
        (false, true) => "Manager",
        (true, true) => "Clinician, manager",
        _ => user.IsInRole("Patient") ? "Patient" : "",
    };

    public static string DisplayName(ClaimsPrincipal user) => user.FindFirst("display_name")?.Value ?? user.Identity?.Name ?? "";
}
