using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Shared.Forms;

/// <summary>What all inputs of the portal share: label, hint and error wired to the control, in static and in interactive forms alike.</summary>
public abstract partial class ClinicInput<TValue> : InputBase<TValue>
{
    private string? _looseError;

    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter] public string? Hint { get; set; }

    /// <summary>Said at the field like an error although what stands there may be saved: the check does not permit it.</summary>
    [Parameter] public string? Problem { get; set; }

    /// <summary>Says "(optional)" after the label.</summary>
    [Parameter] public bool Optional { get; set; }
    [Parameter] public string? Id { get; set; }
    [Parameter] public string? Class { get; set; }
    [Parameter] public bool Disabled { get; set; }

    /// <summary>Present only while a page is rendered statically.</summary>
    [CascadingParameter] private HttpContext? HttpContext { get; set; }

    protected string InputId { get; private set; } = "";

    protected string HintId => InputId + "-hint";

    protected string ErrorId => InputId + "-error";

    protected string UnitId => InputId + "-unit";

    /// <summary>
    /// Numbers, dates and times are posted under a name that the framework's form mapper does not know, and read here: the mapper reads by the
    /// server's culture, which turns "0,02" into 2 under one setting and refuses it under another.
    /// </summary>
    protected virtual bool ReadsPostedText => false;

    protected virtual bool HasUnit => false;

    protected string PostedName => ReadsPostedText ? "text:" + NameAttributeValue : NameAttributeValue;

    /// <summary>What stands in the control: what was typed, while it cannot be read or means the current value.</summary>
    protected string? Text
    {
        get => CurrentValueAsString;
        set
        {
            _looseError = null;
            SetUnreadable(false);
            CurrentValueAsString = value;
        }
    }

    protected string? ErrorText => EditContext is null ? _looseError : EditContext.GetValidationMessages(FieldIdentifier).FirstOrDefault() ?? Problem;

    protected string? AriaInvalid => ErrorText is null ? null : "true";

    protected string? DescribedBy
    {
        get
        {
            var ids = string.Join(' ', new[] { HasUnit ? UnitId : null, Hint is null ? null : HintId, ErrorText is null ? null : ErrorId }.OfType<string>());
            return ids.Length == 0 ? null : ids;
        }
    }

    protected override void OnInitialized()
    {
        SetId();
        if (ReadsPostedText && HttpContext?.Request is { HasFormContentType: true } request && HttpMethods.IsPost(request.Method)
            && request.Form.TryGetValue(PostedName, out var posted))
        {
            Text = posted.ToString();
        }
    }

    protected override void OnParametersSet() => SetId();

    /// <summary>Refuses a text: the value becomes empty, so that nothing is decided on an earlier number while another one stands on the screen.</summary>
    protected bool Refuse(string message, [MaybeNullWhen(false)] out TValue result, [NotNullWhen(false)] out string? error)
    {
        SetUnreadable(true);
        CurrentValue = default;
        _looseError = message;
        result = default;
        error = message;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (EditContext is not null)
        {
            FormFields.Of(EditContext).Forget(FieldIdentifier);
        }

        base.Dispose(disposing);
    }

    private void SetUnreadable(bool unreadable)
    {
        if (EditContext is not null)
        {
            FormFields.Of(EditContext).SetUnreadable(FieldIdentifier, unreadable);
        }
    }

    private void SetId()
    {
        var name = string.IsNullOrEmpty(NameAttributeValue) ? FieldIdentifier.FieldName : NameAttributeValue;
        InputId = Id ?? NotForIds().Replace(name, "-").Trim('-').ToLowerInvariant();
        if (EditContext is not null)
        {
            FormFields.Of(EditContext).Register(FieldIdentifier, InputId);
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant, 100)]
    private static partial Regex NotForIds();
}
