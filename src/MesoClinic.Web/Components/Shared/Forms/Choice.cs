namespace MesoClinic.Web.Components.Shared.Forms;

/// <param name="Value">What is bound: a text, an enum member's name, an id.</param>
public sealed record Choice(string Value, string Text, string? Hint = null);
